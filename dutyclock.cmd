@echo off
rem Runs dutyclock on Windows; the first time it makes dutyclock-env beside this file and installs
rem the program into it. Output that goes into a file or another program is UTF-8.
setlocal
set PYTHONUTF8=1
set "HERE=%~dp0"
if exist "%HERE%dutyclock-env\Scripts\dutyclock.exe" goto run
py -3 -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" 2>nul
if errorlevel 1 (
    echo dutyclock: install Python 3.11, 3.12 or 3.13, with its launcher "py" 1>&2
    exit /b 2
)
py -3 -m venv "%HERE%dutyclock-env" || exit /b 2
"%HERE%dutyclock-env\Scripts\python.exe" -m pip install --quiet "%HERE%." || exit /b 2
:run
"%HERE%dutyclock-env\Scripts\dutyclock.exe" %*
exit /b %errorlevel%
