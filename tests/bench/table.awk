# From samples "name A B", A and B in microseconds (memory: KB), to a table; the status is 1 when a goal is missed
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

function sort( list, n,    i, j, value )
{
    for (i = 2; i <= n; i++)
    {
        value = list[i]
        for (j = i - 1; j >= 1 && list[j] > value; j--) list[j + 1] = list[j]
        list[j + 1] = value
    }
}

# linear between the samples
function quantile( list, n, q,    at, low )
{
    at = 1 + (n - 1) * q
    low = int( at )
    return low == n ? list[n] : list[low] + (at - low) * (list[low + 1] - list[low])
}

function spread( list, n, scale, digits )
{
    sort( list, n )
    return sprintf( "%.*f [%.*f %.*f]", digits, quantile( list, n, 0.5 ) * scale, digits, quantile( list, n, 0.25 ) * scale,
                    digits, quantile( list, n, 0.75 ) * scale )
}

# how the two are compared and what is wanted: ratio of times, ratio of rates, difference in seconds, or A alone
function kind( name )
{
    if (name ~ /^(cycle|object|changer)/) return "time"
    if (name ~ /^data/) return "rate"
    if (name ~ /^memory/) return "memory"
    return "difference"
}

function goal( name )
{
    if (name == "cycle") return 1.0
    if (name == "changer-status") return 1.0
    if (name == "changer-moves") return 0.9
    if (name ~ /^data.*null/) return 0.85
    if (name == "start") return 0.3
    if (name == "object-enumerate") return 500
    if (name ~ /^object-(info|backup)/) return 1.3
    if (name ~ /^object/) return 1.2
    if (name == "memory") return 64
    return ""
}

# a measurement that nothing is compared with
function print_alone( name, n,    a, i )
{
    for (i = 1; i <= n; i++) a[i] = first[name, i]
    printf "  %-24s %3d  %s\n", name, n, spread( a, n, 1e-6, 3 )
}

function print_row( name, n,    a, b, c, i, k, scale, digits, median, text, wanted, ok )
{
    k = kind( name )
    scale = k == "memory" ? 1 / 1024 : 1e-6
    digits = k == "memory" ? 1 : 3
    for (i = 1; i <= n; i++)
    {
        # rates come as bytes per microsecond, which are MB/s
        a[i] = first[name, i]
        b[i] = second[name, i]
        c[i] = k == "difference" ? (a[i] - b[i]) * scale : k == "memory" ? a[i] * scale : b[i] ? a[i] / b[i] : 0
        if (k == "rate") { scale = 1; digits = 1 }
    }
    text = spread( c, n, 1, k == "memory" ? 1 : 3 )
    median = quantile( c, n, 0.5 )
    wanted = goal( name )
    ok = k == "rate" ? median >= wanted : median <= wanted
    if (wanted != "" && !ok) missed = 1
    printf "  %-24s %3d  %-24s %-24s %-5s %-24s %s\n", name, n, spread( a, n, scale, digits ), spread( b, n, scale, digits ),
           k == "difference" ? "A-B" : k == "memory" ? "A" : "A/B", text,
           wanted == "" ? "" : (k == "rate" ? ">= " : "<= ") wanted (ok ? "  pass" : "  MISS")
}

{
    if (!($1 in count)) names[++name_count] = $1
    i = ++count[$1]
    first[$1, i] = $2
    second[$1, i] = $3
}

END {
    printf "  %-24s %3s  %-24s %-24s %-30s %s\n", "s, MB/s or MB", "n", "A", "B", "compared", "goal"
    for (i = 1; i <= name_count; i++)
        if (second[names[i], 1] == "-") print_alone( names[i], count[names[i]] )
        else print_row( names[i], count[names[i]] )
    exit missed || !name_count
}
