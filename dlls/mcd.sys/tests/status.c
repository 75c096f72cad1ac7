/*
 * Conformance of IOCTL_CHANGER_GET_ELEMENT_STATUS
 *
 * Copyright 2026 the Wine removable storage project
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#include "common.h"

static void check_status( const CHANGER_ELEMENT_STATUS *status, ELEMENT_TYPE type, ULONG number )
{
    ok( status->Element.ElementType == type, "got type %u\n", status->Element.ElementType );
    ok( status->Element.ElementAddress == number, "got address %lu\n", status->Element.ElementAddress );
    ok( !status->Reserved, "got %#x\n", status->Reserved );
    ok( !(status->Flags & ELEMENT_STATUS_EXCEPT) == !status->ExceptionCode, "flags %#lx, exception %#lx\n",
        status->Flags, status->ExceptionCode );
    if (status->Flags & ELEMENT_STATUS_SVALID)
    {
        ok( status->SrcElementAddress.ElementType == ChangerSlot, "got source type %u\n",
            status->SrcElementAddress.ElementType );
        ok( status->SrcElementAddress.ElementAddress < get_count( ChangerSlot ), "got source %lu\n",
            status->SrcElementAddress.ElementAddress );
    }
    if (status->Flags & ELEMENT_STATUS_PVOLTAG)
    {
        ok( status->Flags & ELEMENT_STATUS_FULL, "label on an empty element\n" );
        ok( status->PrimaryVolumeID[0] > ' ' && status->PrimaryVolumeID[0] < 0x7f, "got %#x\n",
            status->PrimaryVolumeID[0] );
    }
}

static void test_element_status( ELEMENT_TYPE type )
{
    BOOL tags = !!(parameters.Features0 & CHANGER_BAR_CODE_SCANNER_INSTALLED);
    ULONG i, record, count = get_count( type );
    BYTE *buffer;
    DWORD err;

    if (!count) return;
    winetest_push_context( "type %u", type );
    buffer = malloc( count * sizeof(CHANGER_ELEMENT_STATUS_EX) );

    memset( buffer, 0xcc, count * sizeof(CHANGER_ELEMENT_STATUS_EX) );
    err = read_status( type, 0, count, tags, buffer, count * sizeof(CHANGER_ELEMENT_STATUS_EX) );
    ok( !err, "got error %lu\n", err );
    record = returned / count;
    ok( returned == count * record, "got %lu bytes for %lu elements\n", returned, count );
    if (((CHANGER_ELEMENT_STATUS *)buffer)->Flags & ELEMENT_STATUS_PRODUCT_DATA)
        ok( record == sizeof(CHANGER_ELEMENT_STATUS_EX), "got %lu\n", record );
    else
        ok( record == sizeof(CHANGER_ELEMENT_STATUS), "got %lu\n", record );
    for (i = 0; i < count && !err; i++) check_status( (CHANGER_ELEMENT_STATUS *)(buffer + i * record), type, i );

    /* Windows may insist on the larger records for drives */
    err = read_status( type, count - 1, 1, FALSE, buffer, sizeof(CHANGER_ELEMENT_STATUS) );
    ok( !err || broken( type == ChangerDrive && err == ERROR_INSUFFICIENT_BUFFER ), "got error %lu\n", err );
    if (!err)
    {
        ok( returned == sizeof(CHANGER_ELEMENT_STATUS), "got %lu\n", returned );
        check_status( (CHANGER_ELEMENT_STATUS *)buffer, type, count - 1 );
        ok( !(((CHANGER_ELEMENT_STATUS *)buffer)->Flags & (ELEMENT_STATUS_PRODUCT_DATA | ELEMENT_STATUS_PVOLTAG)),
            "got flags %#lx\n", ((CHANGER_ELEMENT_STATUS *)buffer)->Flags );
    }

    err = read_status( type, count, 1, FALSE, buffer, sizeof(CHANGER_ELEMENT_STATUS_EX) );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS, "got error %lu\n", err );
    err = read_status( type, 0xffffffff, 1, FALSE, buffer, sizeof(CHANGER_ELEMENT_STATUS_EX) );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS, "got error %lu\n", err );
    free( buffer );
    winetest_pop_context();
}

/* two records in one buffer are those that are read one by one */
static void test_windows(void)
{
    ULONG count = get_count( ChangerSlot ), i;
    CHANGER_ELEMENT_STATUS *all, one;
    DWORD err;

    all = malloc( count * sizeof(*all) );
    err = read_status( ChangerSlot, 0, count, FALSE, all, count * sizeof(*all) );
    ok( !err, "got error %lu\n", err );
    for (i = 0; i < count && !err; i += count / 4 + 1)
    {
        err = read_status( ChangerSlot, i, 1, FALSE, &one, sizeof(one) );
        ok( !err, "got error %lu\n", err );
        ok( !memcmp( &one, &all[i], sizeof(one) ), "slot %lu differs: flags %#lx, %#lx, source %lu, %lu, label %.36s, %.36s\n", i,
            one.Flags, all[i].Flags, one.SrcElementAddress.ElementAddress, all[i].SrcElementAddress.ElementAddress,
            one.PrimaryVolumeID, all[i].PrimaryVolumeID );
    }
    free( all );
    err = read_status( ChangerMaxElement, 0, 1, FALSE, &one, sizeof(one) );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS || broken( err == ERROR_INVALID_PARAMETER ), "got error %lu\n", err );
    if (parameters.Features0 & CHANGER_BAR_CODE_SCANNER_INSTALLED) return;
    err = read_status( ChangerSlot, 0, 1, TRUE, &one, sizeof(one) );
    ok( err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );
}

/* drives that can be told apart are */
static void test_drives(void)
{
    ULONG count = get_count( ChangerDrive ), i, j;
    CHANGER_ELEMENT_STATUS_EX *drives = calloc( count, sizeof(*drives) );

    if (!read_status( ChangerDrive, 0, count, FALSE, drives, count * sizeof(*drives) ) &&
        (drives[0].Flags & ELEMENT_STATUS_PRODUCT_DATA))
    {
        for (i = 0; i < count; i++)
            for (j = 0; j < i; j++)
                ok( drives[i].SerialNumber[0] == ' ' || !drives[i].SerialNumber[0] ||
                    memcmp( drives[i].SerialNumber, drives[j].SerialNumber, SERIAL_NUMBER_LENGTH ),
                    "drives %lu and %lu have one serial number\n", i, j );
    }
    free( drives );
}

static void test_changer(void)
{
    if (!is_enabled()) return;
    test_element_status( ChangerTransport );
    test_element_status( ChangerSlot );
    test_element_status( ChangerIEPort );
    test_element_status( ChangerDrive );
    test_windows();
    test_drives();
}

START_TEST(status)
{
    for_each_changer( test_changer );
}
