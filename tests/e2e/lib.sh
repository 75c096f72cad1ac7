# What the sandbox tests share; a test says "ok NAME", "not ok NAME" or "skip NAME: REASON", and at its end "done"
#
# Copyright 2026 the Wine removable storage project
#
# This library is free software; you can redistribute it and/or
# modify it under the terms of the GNU Lesser General Public
# License as published by the Free Software Foundation; either
# version 2.1 of the License, or (at your option) any later version.
#
# This library is distributed in the hope that it will be useful,
# but WITHOUT ANY WARRANTY; without even the implied warranty of
# MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
# Lesser General Public License for more details.
#
# You should have received a copy of the GNU Lesser General Public
# License along with this library; if not, write to the Free Software
# Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
#

# $TEST_OBJ is the build that is tested.

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
demo=$here/../demo
export DEMO_PROGRAMS=$TEST_OBJ/tests/demo E2E_PROGRAMS=$TEST_OBJ/tests/e2e LC_ALL=C.UTF-8
changer=${SANDBOX_CHANGERS%% *}
tape=${SANDBOX_TAPES%% *}
client=$E2E_PROGRAMS/client.exe
work=$SANDBOX_DIR

# A Windows program with a time limit.  The pipe keeps the background processes of Wine from holding our output.
run()  # seconds program arguments...
{
    timeout -k 5 "$1" wine "${@:2}" </dev/null 2>&1 | sed -u 's,\r$,,'
    return "${PIPESTATUS[0]}"
}

# A function or command is one test.  Its output is shown when it fails.
check()  # name command...
{
    local name=$1 start=$SECONDS
    shift
    ( "$@" ) >"$work/output" 2>&1
    case $? in
        0) echo "ok $name ($((SECONDS - start)) s)" ;;
        77) echo "skip $name: $(tail -n 1 "$work/output")" ;;
        *) echo "not ok $name"; tail -n 60 "$work/output" | sed 's/^/    /' ;;
    esac
}

fail() { echo "FAILED: $*"; exit 1; }

mtx_contents() { "$demo/mtx-contents" "$changer"; }

compare_contents()
{
    run 180 "$E2E_PROGRAMS/contents.exe" >"$work/contents.rsm" || { cat "$work/contents.rsm"; fail "contents.exe"; }
    mtx_contents >"$work/contents.mtx" || fail "mtx"
    diff "$work/contents.rsm" "$work/contents.mtx" >"$work/contents.diff"
}

# What Removable Storage believes and what mtx sees.  Cartridges may be on their way when the service has just started.
agree()
{
    local i
    for ((i = 0; i < 20; i++)); do compare_contents && break; sleep 1; done
    compare_contents || { cat "$work/contents.diff"; fail "Removable Storage (<) and mtx (>) do not agree"; }
}

# waits at most so many seconds for a command to succeed
wait_for()  # seconds command...
{
    local i
    for ((i = 0; i < $1 * 5; i++)); do "${@:2}" && return 0; sleep 0.2; done
    return 1
}

drives_are_empty() { ! mtx_contents | grep '^drive' | grep -qv -- ' -$'; }
service_pid() { pgrep -f 'svchost.exe -k ntmssvcs' | head -n 1; }

# a test program written with Wine's test framework: every failure and the summary are in its output
wine_test()  # program test arguments...
{
    [ -f "$1" ] || fail "there is no $1"
    run 240 "$@" >"$work/wine_test" || { cat "$work/wine_test"; exit 1; }
    cat "$work/wine_test"
    grep -q 'tests executed' "$work/wine_test" || fail "no summary"
    ! grep -q 'Test failed' "$work/wine_test" || fail "failures"
}
