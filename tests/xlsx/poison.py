"""Makes a workbook that lies: the first numeric result of a formula on the named sheet is replaced.

    poison.py IN.xlsx OUT.xlsx

For the test of compare_recalculated.py, which must notice."""

import re
import sys
import zipfile

RESULT = re.compile(rb"(<f>(?!TODAY)[^<]*</f><v>)([0-9.]+)(</v>)")


def main(source, target):
    done = False
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in archive.infolist():
            data = archive.read(entry.filename)
            if not done and entry.filename.startswith("xl/worksheets/sheet"):
                data, count = RESULT.subn(rb"\g<1>123.25\g<3>", data, count=1)
                done = count == 1
            out.writestr(entry, data)
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
