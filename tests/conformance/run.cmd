@echo off
rem Run the tests of ntmsapi.dll on this Windows; what they say is written to the directory results
rem
rem Copyright 2026 the Wine removable storage project
rem
rem This library is free software; you can redistribute it and/or
rem modify it under the terms of the GNU Lesser General Public
rem License as published by the Free Software Foundation; either
rem version 2.1 of the License, or (at your option) any later version.
rem
rem This library is distributed in the hope that it will be useful,
rem but WITHOUT ANY WARRANTY; without even the implied warranty of
rem MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
rem Lesser General Public License for more details.
rem
rem You should have received a copy of the GNU Lesser General Public
rem License along with this library; if not, write to the Free Software
rem Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA

setlocal
cd /d "%~dp0"
if not exist results mkdir results
call :run x86
if "%PROCESSOR_ARCHITECTURE%"=="AMD64" call :run amd64
echo The results are in %~dp0results
goto :eof

:run
set result=results\%COMPUTERNAME%-%1.txt
ver >"%result%"
echo architecture: %1>>"%result%"
for %%t in (@TESTS@) do (
    echo %1: %%t
    %1\ntmsapi_test.exe %%t >>"%result%" 2>&1
)
goto :eof
