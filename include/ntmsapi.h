/* Removable Storage Manager: the client interface of ntmsapi.dll
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
#ifndef __WINE_NTMSAPI_H
#define __WINE_NTMSAPI_H

#include <pshpack8.h>

/* Wine's windef.h maps names without a suffix to the A or the W form; other toolchains do not have these macros. */
#ifndef WINELIB_NAME_AW
# ifdef UNICODE
#  define WINELIB_NAME_AW(func) func##W
# else
#  define WINELIB_NAME_AW(func) func##A
# endif
# define DECL_WINELIB_TYPE_AW(type)  typedef WINELIB_NAME_AW(type) type;
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Identifiers */

typedef GUID NTMS_GUID, *LPNTMS_GUID;

#define NTMS_NULLGUID  { 0, 0, 0, { 0, 0, 0, 0, 0, 0, 0, 0 } }
#define NTMS_IS_NULLGUID(id) \
    (!(id).Data1 && !(id).Data2 && !(id).Data3 && \
     !(id).Data4[0] && !(id).Data4[1] && !(id).Data4[2] && !(id).Data4[3] && \
     !(id).Data4[4] && !(id).Data4[5] && !(id).Data4[6] && !(id).Data4[7])

enum NtmsObjectsTypes
{
    NTMS_UNKNOWN                = 0,
    NTMS_OBJECT                 = 1,
    NTMS_CHANGER                = 2,
    NTMS_CHANGER_TYPE           = 3,
    NTMS_COMPUTER               = 4,
    NTMS_DRIVE                  = 5,
    NTMS_DRIVE_TYPE             = 6,
    NTMS_IEDOOR                 = 7,
    NTMS_IEPORT                 = 8,
    NTMS_LIBRARY                = 9,
    NTMS_LIBREQUEST             = 10,
    NTMS_LOGICAL_MEDIA          = 11,
    NTMS_MEDIA_POOL             = 12,
    NTMS_MEDIA_TYPE             = 13,
    NTMS_PARTITION              = 14,
    NTMS_PHYSICAL_MEDIA         = 15,
    NTMS_STORAGESLOT            = 16,
    NTMS_OPREQUEST              = 17,
    NTMS_UI_DESTINATION         = 18,
    NTMS_NUMBER_OF_OBJECT_TYPES = 19
};

/* Sizes of the arrays below, in characters with the terminating null; NTMS_OMIDLABELID_LENGTH is in bytes */
#define NTMS_OBJECTNAME_LENGTH       64
#define NTMS_DESCRIPTION_LENGTH      127
#define NTMS_DEVICENAME_LENGTH       64
#define NTMS_SERIALNUMBER_LENGTH     32
#define NTMS_REVISION_LENGTH         32
#define NTMS_VENDORNAME_LENGTH       128
#define NTMS_PRODUCTNAME_LENGTH      128
#define NTMS_BARCODE_LENGTH          64
#define NTMS_SEQUENCE_LENGTH         32
#define NTMS_OMIDLABELID_LENGTH      255
#define NTMS_OMIDLABELTYPE_LENGTH    64
#define NTMS_OMIDLABELINFO_LENGTH    256
#define NTMS_APPLICATIONNAME_LENGTH  64
#define NTMS_USERNAME_LENGTH         64
#define NTMS_COMPUTERNAME_LENGTH     64
#define NTMS_MESSAGE_LENGTH          256
#define NTMS_I1_MESSAGE_LENGTH       127

/* Size of the longest media pool name with the names of the pools above it, in characters */
#define NTMS_POOLHIERARCHY_LENGTH    512

/* Sessions */

enum NtmsSessionOptions
{
    NTMS_SESSION_QUERYEXPEDITE = 0x1
};

HANDLE WINAPI OpenNtmsSessionA(LPCSTR,LPCSTR,DWORD);
HANDLE WINAPI OpenNtmsSessionW(LPCWSTR,LPCWSTR,DWORD);
#define       OpenNtmsSession WINELIB_NAME_AW(OpenNtmsSession)
DWORD  WINAPI CloseNtmsSession(HANDLE);

/* Libraries */

enum NtmsLibraryType
{
    NTMS_LIBRARYTYPE_UNKNOWN    = 0,
    NTMS_LIBRARYTYPE_OFFLINE    = 1,
    NTMS_LIBRARYTYPE_ONLINE     = 2,
    NTMS_LIBRARYTYPE_STANDALONE = 3
};

enum NtmsLibraryFlags
{
    NTMS_LIBRARYFLAG_FIXEDOFFLINE               = 0x01,
    NTMS_LIBRARYFLAG_CLEANERPRESENT             = 0x02,
    NTMS_LIBRARYFLAG_AUTODETECTCHANGE           = 0x04,
    NTMS_LIBRARYFLAG_IGNORECLEANERUSESREMAINING = 0x08,
    NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE    = 0x10
};

enum NtmsInventoryMethod
{
    NTMS_INVENTORY_NONE    = 0,
    NTMS_INVENTORY_FAST    = 1,
    NTMS_INVENTORY_OMID    = 2,
    NTMS_INVENTORY_DEFAULT = 3,
    NTMS_INVENTORY_SLOT    = 4,
    NTMS_INVENTORY_STOP    = 5,
    NTMS_INVENTORY_MAX     = 6
};

/* NTMS_LIBRARY; dwCleanerUsesRemaining 0xffffffff means that uses are not counted */
typedef struct _NTMS_LIBRARYINFORMATION
{
    DWORD     LibraryType;
    NTMS_GUID CleanerSlot;
    NTMS_GUID CleanerSlotDefault;
    BOOL      LibrarySupportsDriveCleaning;
    BOOL      BarCodeReaderInstalled;
    DWORD     InventoryMethod;
    DWORD     dwCleanerUsesRemaining;
    DWORD     FirstDriveNumber;
    DWORD     dwNumberOfDrives;
    DWORD     FirstSlotNumber;
    DWORD     dwNumberOfSlots;
    DWORD     FirstDoorNumber;
    DWORD     dwNumberOfDoors;
    DWORD     FirstPortNumber;
    DWORD     dwNumberOfPorts;
    DWORD     FirstChangerNumber;
    DWORD     dwNumberOfChangers;
    DWORD     dwNumberOfMedia;
    DWORD     dwNumberOfMediaTypes;
    DWORD     dwNumberOfLibRequests;
    GUID      Reserved;
    BOOL      AutoRecovery;
    DWORD     dwFlags;
} NTMS_LIBRARYINFORMATION;

DWORD  WINAPI InventoryNtmsLibrary(HANDLE,LPNTMS_GUID,DWORD);
DWORD  WINAPI AccessNtmsLibraryDoor(HANDLE,LPNTMS_GUID,DWORD);
DWORD  WINAPI DeleteNtmsLibrary(HANDLE,LPNTMS_GUID);

/* Changers */

/* NTMS_CHANGER */
typedef struct _NTMS_CHANGERINFORMATIONA
{
    DWORD     Number;
    NTMS_GUID ChangerType;
    CHAR      szSerialNumber[NTMS_SERIALNUMBER_LENGTH];
    CHAR      szRevision[NTMS_REVISION_LENGTH];
    CHAR      szDeviceName[NTMS_DEVICENAME_LENGTH];
    WORD      ScsiPort;
    WORD      ScsiBus;
    WORD      ScsiTarget;
    WORD      ScsiLun;
    NTMS_GUID Library;
} NTMS_CHANGERINFORMATIONA;

typedef struct _NTMS_CHANGERINFORMATIONW
{
    DWORD     Number;
    NTMS_GUID ChangerType;
    WCHAR     szSerialNumber[NTMS_SERIALNUMBER_LENGTH];
    WCHAR     szRevision[NTMS_REVISION_LENGTH];
    WCHAR     szDeviceName[NTMS_DEVICENAME_LENGTH];
    WORD      ScsiPort;
    WORD      ScsiBus;
    WORD      ScsiTarget;
    WORD      ScsiLun;
    NTMS_GUID Library;
} NTMS_CHANGERINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_CHANGERINFORMATION)
#define _NTMS_CHANGERINFORMATION WINELIB_NAME_AW(_NTMS_CHANGERINFORMATION)

/* NTMS_CHANGER_TYPE; DeviceType is FILE_DEVICE_CHANGER */
typedef struct _NTMS_CHANGERTYPEINFORMATIONA
{
    CHAR  szVendor[NTMS_VENDORNAME_LENGTH];
    CHAR  szProduct[NTMS_PRODUCTNAME_LENGTH];
    DWORD DeviceType;
} NTMS_CHANGERTYPEINFORMATIONA;

typedef struct _NTMS_CHANGERTYPEINFORMATIONW
{
    WCHAR szVendor[NTMS_VENDORNAME_LENGTH];
    WCHAR szProduct[NTMS_PRODUCTNAME_LENGTH];
    DWORD DeviceType;
} NTMS_CHANGERTYPEINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_CHANGERTYPEINFORMATION)
#define _NTMS_CHANGERTYPEINFORMATION WINELIB_NAME_AW(_NTMS_CHANGERTYPEINFORMATION)

/* Drives */

enum NtmsDriveState
{
    NTMS_DRIVESTATE_DISMOUNTED    = 0,
    NTMS_DRIVESTATE_MOUNTED       = 1,
    NTMS_DRIVESTATE_LOADED        = 2,
    NTMS_DRIVESTATE_UNLOADED      = 5,
    NTMS_DRIVESTATE_BEING_CLEANED = 6,
    NTMS_DRIVESTATE_DISMOUNTABLE  = 7
};

enum NtmsDriveType
{
    NTMS_UNKNOWN_DRIVE = 0
};

/* NTMS_DRIVE; dwDeferDismountDelay is in seconds */
typedef struct _NTMS_DRIVEINFORMATIONA
{
    DWORD      Number;
    DWORD      State;
    NTMS_GUID  DriveType;
    CHAR       szDeviceName[NTMS_DEVICENAME_LENGTH];
    CHAR       szSerialNumber[NTMS_SERIALNUMBER_LENGTH];
    CHAR       szRevision[NTMS_REVISION_LENGTH];
    WORD       ScsiPort;
    WORD       ScsiBus;
    WORD       ScsiTarget;
    WORD       ScsiLun;
    DWORD      dwMountCount;
    SYSTEMTIME LastCleanedTs;
    NTMS_GUID  SavedPartitionId;
    NTMS_GUID  Library;
    GUID       Reserved;
    DWORD      dwDeferDismountDelay;
} NTMS_DRIVEINFORMATIONA;

typedef struct _NTMS_DRIVEINFORMATIONW
{
    DWORD      Number;
    DWORD      State;
    NTMS_GUID  DriveType;
    WCHAR      szDeviceName[NTMS_DEVICENAME_LENGTH];
    WCHAR      szSerialNumber[NTMS_SERIALNUMBER_LENGTH];
    WCHAR      szRevision[NTMS_REVISION_LENGTH];
    WORD       ScsiPort;
    WORD       ScsiBus;
    WORD       ScsiTarget;
    WORD       ScsiLun;
    DWORD      dwMountCount;
    SYSTEMTIME LastCleanedTs;
    NTMS_GUID  SavedPartitionId;
    NTMS_GUID  Library;
    GUID       Reserved;
    DWORD      dwDeferDismountDelay;
} NTMS_DRIVEINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_DRIVEINFORMATION)
#define _NTMS_DRIVEINFORMATION WINELIB_NAME_AW(_NTMS_DRIVEINFORMATION)

/* NTMS_DRIVE_TYPE; DeviceType is one of the FILE_DEVICE_ constants */
typedef struct _NTMS_DRIVETYPEINFORMATIONA
{
    CHAR  szVendor[NTMS_VENDORNAME_LENGTH];
    CHAR  szProduct[NTMS_PRODUCTNAME_LENGTH];
    DWORD NumberOfHeads;
    DWORD DeviceType;
} NTMS_DRIVETYPEINFORMATIONA;

typedef struct _NTMS_DRIVETYPEINFORMATIONW
{
    WCHAR szVendor[NTMS_VENDORNAME_LENGTH];
    WCHAR szProduct[NTMS_PRODUCTNAME_LENGTH];
    DWORD NumberOfHeads;
    DWORD DeviceType;
} NTMS_DRIVETYPEINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_DRIVETYPEINFORMATION)
#define _NTMS_DRIVETYPEINFORMATION WINELIB_NAME_AW(_NTMS_DRIVETYPEINFORMATION)

DWORD  WINAPI DismountNtmsDrive(HANDLE,LPNTMS_GUID);
DWORD  WINAPI DeleteNtmsDrive(HANDLE,LPNTMS_GUID);
DWORD  WINAPI GetVolumesFromDriveA(LPSTR,LPSTR*,LPSTR*);
DWORD  WINAPI GetVolumesFromDriveW(LPWSTR,LPWSTR*,LPWSTR*);
#define       GetVolumesFromDrive WINELIB_NAME_AW(GetVolumesFromDrive)

/* Slots, doors and ports */

enum NtmsSlotState
{
    NTMS_SLOTSTATE_UNKNOWN        = 0,
    NTMS_SLOTSTATE_FULL           = 1,
    NTMS_SLOTSTATE_EMPTY          = 2,
    NTMS_SLOTSTATE_NOTPRESENT     = 3,
    NTMS_SLOTSTATE_NEEDSINVENTORY = 4
};

/* NTMS_STORAGESLOT */
typedef struct _NTMS_STORAGESLOTINFORMATION
{
    DWORD     Number;
    DWORD     State;
    NTMS_GUID Library;
} NTMS_STORAGESLOTINFORMATION;

enum NtmsDoorState
{
    NTMS_DOORSTATE_UNKNOWN = 0,
    NTMS_DOORSTATE_CLOSED  = 1,
    NTMS_DOORSTATE_OPEN    = 2
};

/* NTMS_IEDOOR; MaxOpenSecs is in seconds */
typedef struct _NTMS_IEDOORINFORMATION
{
    DWORD     Number;
    DWORD     State;
    WORD      MaxOpenSecs;
    NTMS_GUID Library;
} NTMS_IEDOORINFORMATION;

enum NtmsPortPosition
{
    NTMS_PORTPOSITION_UNKNOWN   = 0,
    NTMS_PORTPOSITION_EXTENDED  = 1,
    NTMS_PORTPOSITION_RETRACTED = 2
};

enum NtmsPortContent
{
    NTMS_PORTCONTENT_UNKNOWN = 0,
    NTMS_PORTCONTENT_FULL    = 1,
    NTMS_PORTCONTENT_EMPTY   = 2
};

/* NTMS_IEPORT; MaxExtendSecs is in seconds */
typedef struct _NTMS_IEPORTINFORMATION
{
    DWORD     Number;
    DWORD     Content;
    DWORD     Position;
    WORD      MaxExtendSecs;
    NTMS_GUID Library;
} NTMS_IEPORTINFORMATION;

enum NtmsEjectOperation
{
    NTMS_EJECT_START     = 0,
    NTMS_EJECT_STOP      = 1,
    NTMS_EJECT_QUEUE     = 2,
    NTMS_EJECT_FORCE     = 3,
    NTMS_EJECT_IMMEDIATE = 4,
    NTMS_EJECT_ASK_USER  = 5
};

enum NtmsInjectOperation
{
    NTMS_INJECT_START     = 0,
    NTMS_INJECT_STOP      = 1,
    NTMS_INJECT_RETRACT   = 2,
    NTMS_INJECT_STARTMANY = 3
};

DWORD  WINAPI IdentifyNtmsSlot(HANDLE,LPNTMS_GUID,DWORD);
DWORD  WINAPI InjectNtmsMedia(HANDLE,LPNTMS_GUID,LPNTMS_GUID,DWORD);
DWORD  WINAPI EjectNtmsMedia(HANDLE,LPNTMS_GUID,LPNTMS_GUID,DWORD);
DWORD  WINAPI EjectDiskFromSADriveA(LPCSTR,LPCSTR,LPCSTR,HWND,LPCSTR,LPCSTR,DWORD);
DWORD  WINAPI EjectDiskFromSADriveW(LPCWSTR,LPCWSTR,LPCWSTR,HWND,LPCWSTR,LPCWSTR,DWORD);
#define       EjectDiskFromSADrive WINELIB_NAME_AW(EjectDiskFromSADrive)

/* Cleaners */

DWORD  WINAPI CleanNtmsDrive(HANDLE,LPNTMS_GUID);
DWORD  WINAPI ReserveNtmsCleanerSlot(HANDLE,LPNTMS_GUID,LPNTMS_GUID);
DWORD  WINAPI ReleaseNtmsCleanerSlot(HANDLE,LPNTMS_GUID);
DWORD  WINAPI InjectNtmsCleaner(HANDLE,LPNTMS_GUID,LPNTMS_GUID,DWORD,DWORD);
DWORD  WINAPI EjectNtmsCleaner(HANDLE,LPNTMS_GUID,LPNTMS_GUID,DWORD);

/* Media types */

enum NtmsReadWriteCharacteristics
{
    NTMS_MEDIARW_UNKNOWN    = 0,
    NTMS_MEDIARW_REWRITABLE = 1,
    NTMS_MEDIARW_WRITEONCE  = 2,
    NTMS_MEDIARW_READONLY   = 3
};

/* NTMS_MEDIA_TYPE; DeviceType is one of the FILE_DEVICE_ constants */
typedef struct _NTMS_MEDIATYPEINFORMATION
{
    DWORD MediaType;
    DWORD NumberOfSides;
    DWORD ReadWriteCharacteristics;
    DWORD DeviceType;
} NTMS_MEDIATYPEINFORMATION;

DWORD  WINAPI AddNtmsMediaType(HANDLE,LPNTMS_GUID,LPNTMS_GUID);
DWORD  WINAPI DeleteNtmsMediaType(HANDLE,LPNTMS_GUID,LPNTMS_GUID);
DWORD  WINAPI ChangeNtmsMediaType(HANDLE,LPNTMS_GUID,LPNTMS_GUID);

/* Media pools */

enum NtmsPoolType
{
    NTMS_POOLTYPE_UNKNOWN     = 0,
    NTMS_POOLTYPE_SCRATCH     = 1,
    NTMS_POOLTYPE_FOREIGN     = 2,
    NTMS_POOLTYPE_IMPORT      = 3,
    NTMS_POOLTYPE_APPLICATION = 1000
};

enum NtmsAllocationPolicy
{
    NTMS_ALLOCATE_FROMSCRATCH = 1
};

enum NtmsDeallocationPolicy
{
    NTMS_DEALLOCATE_TOSCRATCH = 1
};

/* NTMS_MEDIA_POOL; dwMaxAllocates is how often a medium may be allocated */
typedef struct _NTMS_MEDIAPOOLINFORMATION
{
    DWORD     PoolType;
    NTMS_GUID MediaType;
    NTMS_GUID Parent;
    DWORD     AllocationPolicy;
    DWORD     DeallocationPolicy;
    DWORD     dwMaxAllocates;
    DWORD     dwNumberOfPhysicalMedia;
    DWORD     dwNumberOfLogicalMedia;
    DWORD     dwNumberOfMediaPools;
} NTMS_MEDIAPOOLINFORMATION;

enum NtmsCreateOptions
{
    NTMS_OPEN_EXISTING = 0x0001,
    NTMS_CREATE_NEW    = 0x0002,
    NTMS_OPEN_ALWAYS   = 0x0003
};

DWORD  WINAPI CreateNtmsMediaPoolA(HANDLE,LPCSTR,LPNTMS_GUID,DWORD,LPSECURITY_ATTRIBUTES,LPNTMS_GUID);
DWORD  WINAPI CreateNtmsMediaPoolW(HANDLE,LPCWSTR,LPNTMS_GUID,DWORD,LPSECURITY_ATTRIBUTES,LPNTMS_GUID);
#define       CreateNtmsMediaPool WINELIB_NAME_AW(CreateNtmsMediaPool)
DWORD  WINAPI GetNtmsMediaPoolNameA(HANDLE,LPNTMS_GUID,LPSTR,LPDWORD);
DWORD  WINAPI GetNtmsMediaPoolNameW(HANDLE,LPNTMS_GUID,LPWSTR,LPDWORD);
#define       GetNtmsMediaPoolName WINELIB_NAME_AW(GetNtmsMediaPoolName)
DWORD  WINAPI MoveToNtmsMediaPool(HANDLE,LPNTMS_GUID,LPNTMS_GUID);
DWORD  WINAPI DeleteNtmsMediaPool(HANDLE,LPNTMS_GUID);

/* Physical media, their sides and logical media */

enum NtmsBarCodeState
{
    NTMS_BARCODESTATE_OK         = 1,
    NTMS_BARCODESTATE_UNREADABLE = 2
};

enum NtmsMediaState
{
    NTMS_MEDIASTATE_IDLE     = 0,
    NTMS_MEDIASTATE_INUSE    = 1,
    NTMS_MEDIASTATE_MOUNTED  = 2,
    NTMS_MEDIASTATE_LOADED   = 3,
    NTMS_MEDIASTATE_UNLOADED = 4,
    NTMS_MEDIASTATE_OPERROR  = 5,
    NTMS_MEDIASTATE_OPREQ    = 6
};

/* NTMS_PHYSICAL_MEDIA; LocationType is one of the NtmsObjectsTypes, the codes are SCSI's */
typedef struct _NTMS_PMIDINFORMATIONA
{
    NTMS_GUID CurrentLibrary;
    NTMS_GUID MediaPool;
    NTMS_GUID Location;
    DWORD     LocationType;
    NTMS_GUID MediaType;
    NTMS_GUID HomeSlot;
    CHAR      szBarCode[NTMS_BARCODE_LENGTH];
    DWORD     BarCodeState;
    CHAR      szSequenceNumber[NTMS_SEQUENCE_LENGTH];
    DWORD     MediaState;
    DWORD     dwNumberOfPartitions;
    DWORD     dwMediaTypeCode;
    DWORD     dwDensityCode;
    NTMS_GUID MountedPartition;
} NTMS_PMIDINFORMATIONA;

typedef struct _NTMS_PMIDINFORMATIONW
{
    NTMS_GUID CurrentLibrary;
    NTMS_GUID MediaPool;
    NTMS_GUID Location;
    DWORD     LocationType;
    NTMS_GUID MediaType;
    NTMS_GUID HomeSlot;
    WCHAR     szBarCode[NTMS_BARCODE_LENGTH];
    DWORD     BarCodeState;
    WCHAR     szSequenceNumber[NTMS_SEQUENCE_LENGTH];
    DWORD     MediaState;
    DWORD     dwNumberOfPartitions;
    DWORD     dwMediaTypeCode;
    DWORD     dwDensityCode;
    NTMS_GUID MountedPartition;
} NTMS_PMIDINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_PMIDINFORMATION)
#define _NTMS_PMIDINFORMATION WINELIB_NAME_AW(_NTMS_PMIDINFORMATION)

enum NtmsPartitionState
{
    NTMS_PARTSTATE_UNKNOWN        = 0,
    NTMS_PARTSTATE_UNPREPARED     = 1,
    NTMS_PARTSTATE_INCOMPATIBLE   = 2,
    NTMS_PARTSTATE_DECOMMISSIONED = 3,
    NTMS_PARTSTATE_AVAILABLE      = 4,
    NTMS_PARTSTATE_ALLOCATED      = 5,
    NTMS_PARTSTATE_COMPLETE       = 6,
    NTMS_PARTSTATE_FOREIGN        = 7,
    NTMS_PARTSTATE_IMPORT         = 8,
    NTMS_PARTSTATE_RESERVED       = 9
};
#define NTMS_PARTSTATE_NEW NTMS_PARTSTATE_UNKNOWN

/* NTMS_PARTITION; dwOmidLabelIdLength and Capacity are in bytes */
typedef struct _NTMS_PARTITIONINFORMATIONA
{
    NTMS_GUID     PhysicalMedia;
    NTMS_GUID     LogicalMedia;
    DWORD         State;
    WORD          Side;
    DWORD         dwOmidLabelIdLength;
    BYTE          OmidLabelId[NTMS_OMIDLABELID_LENGTH];
    CHAR          szOmidLabelType[NTMS_OMIDLABELTYPE_LENGTH];
    CHAR          szOmidLabelInfo[NTMS_OMIDLABELINFO_LENGTH];
    DWORD         dwMountCount;
    DWORD         dwAllocateCount;
    LARGE_INTEGER Capacity;
} NTMS_PARTITIONINFORMATIONA;

typedef struct _NTMS_PARTITIONINFORMATIONW
{
    NTMS_GUID     PhysicalMedia;
    NTMS_GUID     LogicalMedia;
    DWORD         State;
    WORD          Side;
    DWORD         dwOmidLabelIdLength;
    BYTE          OmidLabelId[NTMS_OMIDLABELID_LENGTH];
    WCHAR         szOmidLabelType[NTMS_OMIDLABELTYPE_LENGTH];
    WCHAR         szOmidLabelInfo[NTMS_OMIDLABELINFO_LENGTH];
    DWORD         dwMountCount;
    DWORD         dwAllocateCount;
    LARGE_INTEGER Capacity;
} NTMS_PARTITIONINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_PARTITIONINFORMATION)
#define _NTMS_PARTITIONINFORMATION WINELIB_NAME_AW(_NTMS_PARTITIONINFORMATION)

/* NTMS_LOGICAL_MEDIA */
typedef struct _NTMS_LMIDINFORMATION
{
    NTMS_GUID MediaPool;
    DWORD     dwNumberOfPartitions;
} NTMS_LMIDINFORMATION;

#define NTMS_OMID_TYPE_RAW_LABEL        0x01
#define NTMS_OMID_TYPE_FILESYSTEM_INFO  0x02

/* The label of NTMS_OMID_TYPE_FILESYSTEM_INFO */
typedef struct
{
    WCHAR FileSystemType[64];
    WCHAR VolumeName[256];
    DWORD SerialNumber;
} NTMS_FILESYSTEM_INFO;

DWORD  WINAPI DeleteNtmsMedia(HANDLE,LPNTMS_GUID);
DWORD  WINAPI UpdateNtmsOmidInfo(HANDLE,LPNTMS_GUID,DWORD,DWORD,LPVOID);

/* Allocation */

enum NtmsAllocateOptions
{
    NTMS_ALLOCATE_NEW                  = 0x0001,
    NTMS_ALLOCATE_NEXT                 = 0x0002,
    NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE = 0x0004
};

/* What AllocateNtmsMedia() returns: the pool that the medium came from; dwSize is in bytes */
typedef struct _NTMS_ALLOCATION_INFORMATION
{
    DWORD     dwSize;
    LPVOID    lpReserved;
    NTMS_GUID AllocatedFrom;
} NTMS_ALLOCATION_INFORMATION, *LPNTMS_ALLOCATION_INFORMATION;

/* the time-out is in milliseconds */
DWORD  WINAPI AllocateNtmsMedia(HANDLE,LPNTMS_GUID,LPNTMS_GUID,LPNTMS_GUID,DWORD,DWORD,LPNTMS_ALLOCATION_INFORMATION);
DWORD  WINAPI DeallocateNtmsMedia(HANDLE,LPNTMS_GUID,DWORD);
DWORD  WINAPI DecommissionNtmsMedia(HANDLE,LPNTMS_GUID);
DWORD  WINAPI SetNtmsMediaComplete(HANDLE,LPNTMS_GUID);
DWORD  WINAPI SwapNtmsMedia(HANDLE,LPNTMS_GUID,LPNTMS_GUID);

/* Mounting */

enum NtmsMountOptions
{
    NTMS_MOUNT_READ                 = 0x0001,
    NTMS_MOUNT_WRITE                = 0x0002,
    NTMS_MOUNT_ERROR_NOT_AVAILABLE  = 0x0004,
    NTMS_MOUNT_ERROR_IF_UNAVAILABLE = 0x0004,
    NTMS_MOUNT_ERROR_OFFLINE        = 0x0008,
    NTMS_MOUNT_ERROR_IF_OFFLINE     = 0x0008,
    NTMS_MOUNT_SPECIFIC_DRIVE       = 0x0010,
    NTMS_MOUNT_NOWAIT               = 0x0020
};

enum NtmsDismountOptions
{
    NTMS_DISMOUNT_DEFERRED  = 0x0001,
    NTMS_DISMOUNT_IMMEDIATE = 0x0002
};

enum NtmsMountPriority
{
    NTMS_PRIORITY_DEFAULT = 0,
    NTMS_PRIORITY_HIGHEST = 15,
    NTMS_PRIORITY_HIGH    = 7,
    NTMS_PRIORITY_NORMAL  = 0,
    NTMS_PRIORITY_LOW     = -7,
    NTMS_PRIORITY_LOWEST  = -15
};

enum NtmsAsyncOperations
{
    NTMS_ASYNCOP_MOUNT = 1
};

enum NtmsAsyncStatus
{
    NTMS_ASYNCSTATE_QUEUED        = 0,
    NTMS_ASYNCSTATE_WAIT_RESOURCE = 1,
    NTMS_ASYNCSTATE_WAIT_OPERATOR = 2,
    NTMS_ASYNCSTATE_INPROCESS     = 3,
    NTMS_ASYNCSTATE_COMPLETE      = 4
};

/* An asynchronous mount, what lpReserved of the next structure points to; reserved */
typedef struct _NTMS_ASYNC_IO
{
    NTMS_GUID OperationId;
    NTMS_GUID EventId;
    DWORD     dwOperationType;
    DWORD     dwResult;
    DWORD     dwAsyncState;
    HANDLE    hEvent;
    BOOL      bOnStateChange;
} NTMS_ASYNC_IO, *LPNTMS_ASYNC_IO;

/* Reserved in MountNtmsMedia(); dwSize is in bytes */
typedef struct _NTMS_MOUNT_INFORMATION
{
    DWORD  dwSize;
    LPVOID lpReserved;
} NTMS_MOUNT_INFORMATION, *LPNTMS_MOUNT_INFORMATION;

/* the priority is one of NtmsMountPriority or between, the time-out is in milliseconds */
DWORD  WINAPI MountNtmsMedia(HANDLE,LPNTMS_GUID,LPNTMS_GUID,DWORD,DWORD,int,DWORD,LPNTMS_MOUNT_INFORMATION);
DWORD  WINAPI DismountNtmsMedia(HANDLE,LPNTMS_GUID,DWORD,DWORD);

/* Library requests */

enum NtmsLmOperation
{
    NTMS_LM_REMOVE         = 0,
    NTMS_LM_DISABLECHANGER = 1,
    NTMS_LM_DISABLELIBRARY = 1,
    NTMS_LM_ENABLECHANGER  = 2,
    NTMS_LM_ENABLELIBRARY  = 2,
    NTMS_LM_DISABLEDRIVE   = 3,
    NTMS_LM_ENABLEDRIVE    = 4,
    NTMS_LM_DISABLEMEDIA   = 5,
    NTMS_LM_ENABLEMEDIA    = 6,
    NTMS_LM_UPDATEOMID     = 7,
    NTMS_LM_INVENTORY      = 8,
    NTMS_LM_DOORACCESS     = 9,
    NTMS_LM_EJECT          = 10,
    NTMS_LM_EJECTCLEANER   = 11,
    NTMS_LM_INJECT         = 12,
    NTMS_LM_INJECTCLEANER  = 13,
    NTMS_LM_PROCESSOMID    = 14,
    NTMS_LM_CLEANDRIVE     = 15,
    NTMS_LM_DISMOUNT       = 16,
    NTMS_LM_MOUNT          = 17,
    NTMS_LM_WRITESCRATCH   = 18,
    NTMS_LM_CLASSIFY       = 19,
    NTMS_LM_RESERVECLEANER = 20,
    NTMS_LM_RELEASECLEANER = 21,
    NTMS_LM_MAXWORKITEM    = 22
};

enum NtmsLmState
{
    NTMS_LM_QUEUED    = 0,
    NTMS_LM_INPROCESS = 1,
    NTMS_LM_PASSED    = 2,
    NTMS_LM_FAILED    = 3,
    NTMS_LM_INVALID   = 4,
    NTMS_LM_WAITING   = 5,
    NTMS_LM_DEFERRED  = 6,
    NTMS_LM_DEFFERED  = 6,
    NTMS_LM_CANCELLED = 7,
    NTMS_LM_STOPPED   = 8
};

/* NTMS_LIBREQUEST; OperationCode is one of NtmsLmOperation, State one of NtmsLmState */
typedef struct _NTMS_LIBREQUESTINFORMATIONA
{
    DWORD      OperationCode;
    DWORD      OperationOption;
    DWORD      State;
    NTMS_GUID  PartitionId;
    NTMS_GUID  DriveId;
    NTMS_GUID  PhysMediaId;
    NTMS_GUID  Library;
    NTMS_GUID  SlotId;
    SYSTEMTIME TimeQueued;
    SYSTEMTIME TimeCompleted;
    CHAR       szApplication[NTMS_APPLICATIONNAME_LENGTH];
    CHAR       szUser[NTMS_USERNAME_LENGTH];
    CHAR       szComputer[NTMS_COMPUTERNAME_LENGTH];
    DWORD      dwErrorCode;
    NTMS_GUID  WorkItemId;
    DWORD      dwPriority;
} NTMS_LIBREQUESTINFORMATIONA;

typedef struct _NTMS_LIBREQUESTINFORMATIONW
{
    DWORD      OperationCode;
    DWORD      OperationOption;
    DWORD      State;
    NTMS_GUID  PartitionId;
    NTMS_GUID  DriveId;
    NTMS_GUID  PhysMediaId;
    NTMS_GUID  Library;
    NTMS_GUID  SlotId;
    SYSTEMTIME TimeQueued;
    SYSTEMTIME TimeCompleted;
    WCHAR      szApplication[NTMS_APPLICATIONNAME_LENGTH];
    WCHAR      szUser[NTMS_USERNAME_LENGTH];
    WCHAR      szComputer[NTMS_COMPUTERNAME_LENGTH];
    DWORD      dwErrorCode;
    NTMS_GUID  WorkItemId;
    DWORD      dwPriority;
} NTMS_LIBREQUESTINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_LIBREQUESTINFORMATION)
#define _NTMS_LIBREQUESTINFORMATION WINELIB_NAME_AW(_NTMS_LIBREQUESTINFORMATION)

DWORD  WINAPI CancelNtmsLibraryRequest(HANDLE,LPNTMS_GUID);
DWORD  WINAPI GetNtmsRequestOrder(HANDLE,LPNTMS_GUID,LPDWORD);
DWORD  WINAPI SetNtmsRequestOrder(HANDLE,LPNTMS_GUID,DWORD);
DWORD  WINAPI DeleteNtmsRequests(HANDLE,LPNTMS_GUID,DWORD,DWORD);

/* Operator requests */

enum NtmsOpreqCommand
{
    NTMS_OPREQ_UNKNOWN       = 0,
    NTMS_OPREQ_NEWMEDIA      = 1,
    NTMS_OPREQ_CLEANER       = 2,
    NTMS_OPREQ_DEVICESERVICE = 3,
    NTMS_OPREQ_MOVEMEDIA     = 4,
    NTMS_OPREQ_MESSAGE       = 5
};

enum NtmsOpreqState
{
    NTMS_OPSTATE_UNKNOWN    = 0,
    NTMS_OPSTATE_SUBMITTED  = 1,
    NTMS_OPSTATE_ACTIVE     = 2,
    NTMS_OPSTATE_INPROGRESS = 3,
    NTMS_OPSTATE_REFUSED    = 4,
    NTMS_OPSTATE_COMPLETE   = 5
};

/* NTMS_OPREQUEST; Request is one of NtmsOpreqCommand, the argument types are NtmsObjectsTypes */
typedef struct _NTMS_OPREQUESTINFORMATIONA
{
    DWORD      Request;
    SYSTEMTIME Submitted;
    DWORD      State;
    CHAR       szMessage[NTMS_MESSAGE_LENGTH];
    DWORD      Arg1Type;
    NTMS_GUID  Arg1;
    DWORD      Arg2Type;
    NTMS_GUID  Arg2;
    CHAR       szApplication[NTMS_APPLICATIONNAME_LENGTH];
    CHAR       szUser[NTMS_USERNAME_LENGTH];
    CHAR       szComputer[NTMS_COMPUTERNAME_LENGTH];
} NTMS_OPREQUESTINFORMATIONA;

typedef struct _NTMS_OPREQUESTINFORMATIONW
{
    DWORD      Request;
    SYSTEMTIME Submitted;
    DWORD      State;
    WCHAR      szMessage[NTMS_MESSAGE_LENGTH];
    DWORD      Arg1Type;
    NTMS_GUID  Arg1;
    DWORD      Arg2Type;
    NTMS_GUID  Arg2;
    WCHAR      szApplication[NTMS_APPLICATIONNAME_LENGTH];
    WCHAR      szUser[NTMS_USERNAME_LENGTH];
    WCHAR      szComputer[NTMS_COMPUTERNAME_LENGTH];
} NTMS_OPREQUESTINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_OPREQUESTINFORMATION)
#define _NTMS_OPREQUESTINFORMATION WINELIB_NAME_AW(_NTMS_OPREQUESTINFORMATION)

enum NtmsUITypes
{
    NTMS_UITYPE_INVALID = 0,
    NTMS_UITYPE_INFO    = 1,
    NTMS_UITYPE_REQ     = 2,
    NTMS_UITYPE_ERR     = 3,
    NTMS_UITYPE_MAX     = 4
};

enum NtmsUIOperations
{
    NTMS_UIDEST_ADD       = 1,
    NTMS_UIDEST_DELETE    = 2,
    NTMS_UIDEST_DELETEALL = 3,
    NTMS_UIOPERATION_MAX  = 4
};

/* A message to a user interface destination, as the service protocol carries it; dwState is one of NtmsLmState */
typedef struct _RSM_MESSAGE
{
    LPGUID lpguidOperation;
    DWORD  dwNtmsType;
    DWORD  dwState;
    DWORD  dwFlags;
    DWORD  dwPriority;
    DWORD  dwErrorCode;
    LPWSTR lpszComputerName;
    LPWSTR lpszApplication;
    LPWSTR lpszUser;
    LPWSTR lpszTimeSubmitted;
    LPWSTR lpszMessage;
} RSM_MESSAGE, *LPRSM_MESSAGE;

DWORD  WINAPI SubmitNtmsOperatorRequestA(HANDLE,DWORD,LPCSTR,LPNTMS_GUID,LPNTMS_GUID,LPNTMS_GUID);
DWORD  WINAPI SubmitNtmsOperatorRequestW(HANDLE,DWORD,LPCWSTR,LPNTMS_GUID,LPNTMS_GUID,LPNTMS_GUID);
#define       SubmitNtmsOperatorRequest WINELIB_NAME_AW(SubmitNtmsOperatorRequest)
DWORD  WINAPI WaitForNtmsOperatorRequest(HANDLE,LPNTMS_GUID,DWORD);
DWORD  WINAPI CancelNtmsOperatorRequest(HANDLE,LPNTMS_GUID);
DWORD  WINAPI SatisfyNtmsOperatorRequest(HANDLE,LPNTMS_GUID);
DWORD  WINAPI GetNtmsUIOptionsA(HANDLE,const LPNTMS_GUID,DWORD,LPSTR,LPDWORD);
DWORD  WINAPI GetNtmsUIOptionsW(HANDLE,const LPNTMS_GUID,DWORD,LPWSTR,LPDWORD);
#define       GetNtmsUIOptions WINELIB_NAME_AW(GetNtmsUIOptions)
DWORD  WINAPI SetNtmsUIOptionsA(HANDLE,const LPNTMS_GUID,DWORD,DWORD,LPCSTR);
DWORD  WINAPI SetNtmsUIOptionsW(HANDLE,const LPNTMS_GUID,DWORD,DWORD,LPCWSTR);
#define       SetNtmsUIOptions WINELIB_NAME_AW(SetNtmsUIOptions)

/* The computer */

enum NtmsLibRequestFlags
{
    NTMS_LIBREQFLAGS_NOAUTOPURGE   = 0x01,
    NTMS_LIBREQFLAGS_NOFAILEDPURGE = 0x02
};

enum NtmsOpRequestFlags
{
    NTMS_OPREQFLAGS_NOAUTOPURGE   = 0x01,
    NTMS_OPREQFLAGS_NOFAILEDPURGE = 0x02,
    NTMS_OPREQFLAGS_NOALERTS      = 0x10,
    NTMS_OPREQFLAGS_NOTRAYICON    = 0x20
};

enum NtmsMediaPoolPolicy
{
    NTMS_POOLPOLICY_PURGEOFFLINESCRATCH = 0x01,
    NTMS_POOLPOLICY_KEEPOFFLINEIMPORT   = 0x02
};

/* NTMS_COMPUTER; the purge times are in seconds */
typedef struct _NTMS_COMPUTERINFORMATION
{
    DWORD dwLibRequestPurgeTime;
    DWORD dwOpRequestPurgeTime;
    DWORD dwLibRequestFlags;
    DWORD dwOpRequestFlags;
    DWORD dwMediaPoolPolicy;
} NTMS_COMPUTERINFORMATION;

/* Objects */

enum NtmsOperationalState
{
    NTMS_READY         = 0,
    NTMS_INITIALIZING  = 10,
    NTMS_NEEDS_SERVICE = 20,
    NTMS_NOT_PRESENT   = 21
};

/* What is known of any object; dwType, one of NtmsObjectsTypes, selects the member of Info; dwSize is in bytes */
typedef struct _NTMS_OBJECTINFORMATIONA
{
    DWORD      dwSize;
    DWORD      dwType;
    SYSTEMTIME Created;
    SYSTEMTIME Modified;
    NTMS_GUID  ObjectGuid;
    BOOL       Enabled;
    DWORD      dwOperationalState;
    CHAR       szName[NTMS_OBJECTNAME_LENGTH];
    CHAR       szDescription[NTMS_DESCRIPTION_LENGTH];
    union
    {
        NTMS_DRIVEINFORMATIONA       Drive;
        NTMS_DRIVETYPEINFORMATIONA   DriveType;
        NTMS_LIBRARYINFORMATION      Library;
        NTMS_CHANGERINFORMATIONA     Changer;
        NTMS_CHANGERTYPEINFORMATIONA ChangerType;
        NTMS_STORAGESLOTINFORMATION  StorageSlot;
        NTMS_IEDOORINFORMATION       IEDoor;
        NTMS_IEPORTINFORMATION       IEPort;
        NTMS_PMIDINFORMATIONA        PhysicalMedia;
        NTMS_LMIDINFORMATION         LogicalMedia;
        NTMS_PARTITIONINFORMATIONA   Partition;
        NTMS_MEDIAPOOLINFORMATION    MediaPool;
        NTMS_MEDIATYPEINFORMATION    MediaType;
        NTMS_LIBREQUESTINFORMATIONA  LibRequest;
        NTMS_OPREQUESTINFORMATIONA   OpRequest;
        NTMS_COMPUTERINFORMATION     Computer;
    } Info;
} NTMS_OBJECTINFORMATIONA, *LPNTMS_OBJECTINFORMATIONA;

typedef struct _NTMS_OBJECTINFORMATIONW
{
    DWORD      dwSize;
    DWORD      dwType;
    SYSTEMTIME Created;
    SYSTEMTIME Modified;
    NTMS_GUID  ObjectGuid;
    BOOL       Enabled;
    DWORD      dwOperationalState;
    WCHAR      szName[NTMS_OBJECTNAME_LENGTH];
    WCHAR      szDescription[NTMS_DESCRIPTION_LENGTH];
    union
    {
        NTMS_DRIVEINFORMATIONW       Drive;
        NTMS_DRIVETYPEINFORMATIONW   DriveType;
        NTMS_LIBRARYINFORMATION      Library;
        NTMS_CHANGERINFORMATIONW     Changer;
        NTMS_CHANGERTYPEINFORMATIONW ChangerType;
        NTMS_STORAGESLOTINFORMATION  StorageSlot;
        NTMS_IEDOORINFORMATION       IEDoor;
        NTMS_IEPORTINFORMATION       IEPort;
        NTMS_PMIDINFORMATIONW        PhysicalMedia;
        NTMS_LMIDINFORMATION         LogicalMedia;
        NTMS_PARTITIONINFORMATIONW   Partition;
        NTMS_MEDIAPOOLINFORMATION    MediaPool;
        NTMS_MEDIATYPEINFORMATION    MediaType;
        NTMS_LIBREQUESTINFORMATIONW  LibRequest;
        NTMS_OPREQUESTINFORMATIONW   OpRequest;
        NTMS_COMPUTERINFORMATION     Computer;
    } Info;
} NTMS_OBJECTINFORMATIONW, *LPNTMS_OBJECTINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_OBJECTINFORMATION)
DECL_WINELIB_TYPE_AW(LPNTMS_OBJECTINFORMATION)
#define _NTMS_OBJECTINFORMATION WINELIB_NAME_AW(_NTMS_OBJECTINFORMATION)

enum NtmsEnumerateOption
{
    NTMS_ENUM_DEFAULT  = 0,
    NTMS_ENUM_ROOTPOOL = 1
};

enum NtmsCreateNtmsMediaOptions
{
    NTMS_ERROR_ON_DUPLICATE = 0x0001
};

DWORD  WINAPI EnumerateNtmsObject(HANDLE,const LPNTMS_GUID,LPNTMS_GUID,LPDWORD,DWORD,DWORD);
DWORD  WINAPI EnableNtmsObject(HANDLE,DWORD,LPNTMS_GUID);
DWORD  WINAPI DisableNtmsObject(HANDLE,DWORD,LPNTMS_GUID);
DWORD  WINAPI GetNtmsObjectInformationA(HANDLE,LPNTMS_GUID,LPNTMS_OBJECTINFORMATIONA);
DWORD  WINAPI GetNtmsObjectInformationW(HANDLE,LPNTMS_GUID,LPNTMS_OBJECTINFORMATIONW);
#define       GetNtmsObjectInformation WINELIB_NAME_AW(GetNtmsObjectInformation)
DWORD  WINAPI SetNtmsObjectInformationA(HANDLE,LPNTMS_GUID,LPNTMS_OBJECTINFORMATIONA);
DWORD  WINAPI SetNtmsObjectInformationW(HANDLE,LPNTMS_GUID,LPNTMS_OBJECTINFORMATIONW);
#define       SetNtmsObjectInformation WINELIB_NAME_AW(SetNtmsObjectInformation)
DWORD  WINAPI CreateNtmsMediaA(HANDLE,LPNTMS_OBJECTINFORMATIONA,LPNTMS_OBJECTINFORMATIONA,DWORD);
DWORD  WINAPI CreateNtmsMediaW(HANDLE,LPNTMS_OBJECTINFORMATIONW,LPNTMS_OBJECTINFORMATIONW,DWORD);
#define       CreateNtmsMedia WINELIB_NAME_AW(CreateNtmsMedia)

/* Objects in their first form, without the members that were added later */

/* NTMS_LIBRARY */
typedef struct _NTMS_I1_LIBRARYINFORMATION
{
    DWORD     LibraryType;
    NTMS_GUID CleanerSlot;
    NTMS_GUID CleanerSlotDefault;
    BOOL      LibrarySupportsDriveCleaning;
    BOOL      BarCodeReaderInstalled;
    DWORD     InventoryMethod;
    DWORD     dwCleanerUsesRemaining;
    DWORD     FirstDriveNumber;
    DWORD     dwNumberOfDrives;
    DWORD     FirstSlotNumber;
    DWORD     dwNumberOfSlots;
    DWORD     FirstDoorNumber;
    DWORD     dwNumberOfDoors;
    DWORD     FirstPortNumber;
    DWORD     dwNumberOfPorts;
    DWORD     FirstChangerNumber;
    DWORD     dwNumberOfChangers;
    DWORD     dwNumberOfMedia;
    DWORD     dwNumberOfMediaTypes;
    DWORD     dwNumberOfLibRequests;
    GUID      Reserved;
} NTMS_I1_LIBRARYINFORMATION;

/* NTMS_LIBREQUEST */
typedef struct _NTMS_I1_LIBREQUESTINFORMATIONA
{
    DWORD      OperationCode;
    DWORD      OperationOption;
    DWORD      State;
    NTMS_GUID  PartitionId;
    NTMS_GUID  DriveId;
    NTMS_GUID  PhysMediaId;
    NTMS_GUID  Library;
    NTMS_GUID  SlotId;
    SYSTEMTIME TimeQueued;
    SYSTEMTIME TimeCompleted;
    CHAR       szApplication[NTMS_APPLICATIONNAME_LENGTH];
    CHAR       szUser[NTMS_USERNAME_LENGTH];
    CHAR       szComputer[NTMS_COMPUTERNAME_LENGTH];
} NTMS_I1_LIBREQUESTINFORMATIONA;

typedef struct _NTMS_I1_LIBREQUESTINFORMATIONW
{
    DWORD      OperationCode;
    DWORD      OperationOption;
    DWORD      State;
    NTMS_GUID  PartitionId;
    NTMS_GUID  DriveId;
    NTMS_GUID  PhysMediaId;
    NTMS_GUID  Library;
    NTMS_GUID  SlotId;
    SYSTEMTIME TimeQueued;
    SYSTEMTIME TimeCompleted;
    WCHAR      szApplication[NTMS_APPLICATIONNAME_LENGTH];
    WCHAR      szUser[NTMS_USERNAME_LENGTH];
    WCHAR      szComputer[NTMS_COMPUTERNAME_LENGTH];
} NTMS_I1_LIBREQUESTINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_I1_LIBREQUESTINFORMATION)

/* NTMS_PHYSICAL_MEDIA */
typedef struct _NTMS_I1_PMIDINFORMATIONA
{
    NTMS_GUID CurrentLibrary;
    NTMS_GUID MediaPool;
    NTMS_GUID Location;
    DWORD     LocationType;
    NTMS_GUID MediaType;
    NTMS_GUID HomeSlot;
    CHAR      szBarCode[NTMS_BARCODE_LENGTH];
    DWORD     BarCodeState;
    CHAR      szSequenceNumber[NTMS_SEQUENCE_LENGTH];
    DWORD     MediaState;
    DWORD     dwNumberOfPartitions;
} NTMS_I1_PMIDINFORMATIONA;

typedef struct _NTMS_I1_PMIDINFORMATIONW
{
    NTMS_GUID CurrentLibrary;
    NTMS_GUID MediaPool;
    NTMS_GUID Location;
    DWORD     LocationType;
    NTMS_GUID MediaType;
    NTMS_GUID HomeSlot;
    WCHAR     szBarCode[NTMS_BARCODE_LENGTH];
    DWORD     BarCodeState;
    WCHAR     szSequenceNumber[NTMS_SEQUENCE_LENGTH];
    DWORD     MediaState;
    DWORD     dwNumberOfPartitions;
} NTMS_I1_PMIDINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_I1_PMIDINFORMATION)

/* NTMS_PARTITION; dwOmidLabelIdLength is in bytes */
typedef struct _NTMS_I1_PARTITIONINFORMATIONA
{
    NTMS_GUID PhysicalMedia;
    NTMS_GUID LogicalMedia;
    DWORD     State;
    WORD      Side;
    DWORD     dwOmidLabelIdLength;
    BYTE      OmidLabelId[NTMS_OMIDLABELID_LENGTH];
    CHAR      szOmidLabelType[NTMS_OMIDLABELTYPE_LENGTH];
    CHAR      szOmidLabelInfo[NTMS_OMIDLABELINFO_LENGTH];
    DWORD     dwMountCount;
    DWORD     dwAllocateCount;
} NTMS_I1_PARTITIONINFORMATIONA;

typedef struct _NTMS_I1_PARTITIONINFORMATIONW
{
    NTMS_GUID PhysicalMedia;
    NTMS_GUID LogicalMedia;
    DWORD     State;
    WORD      Side;
    DWORD     dwOmidLabelIdLength;
    BYTE      OmidLabelId[NTMS_OMIDLABELID_LENGTH];
    WCHAR     szOmidLabelType[NTMS_OMIDLABELTYPE_LENGTH];
    WCHAR     szOmidLabelInfo[NTMS_OMIDLABELINFO_LENGTH];
    DWORD     dwMountCount;
    DWORD     dwAllocateCount;
} NTMS_I1_PARTITIONINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_I1_PARTITIONINFORMATION)

/* NTMS_OPREQUEST; its message is shorter than in the later form */
typedef struct _NTMS_I1_OPREQUESTINFORMATIONA
{
    DWORD      Request;
    SYSTEMTIME Submitted;
    DWORD      State;
    CHAR       szMessage[NTMS_I1_MESSAGE_LENGTH];
    DWORD      Arg1Type;
    NTMS_GUID  Arg1;
    DWORD      Arg2Type;
    NTMS_GUID  Arg2;
    CHAR       szApplication[NTMS_APPLICATIONNAME_LENGTH];
    CHAR       szUser[NTMS_USERNAME_LENGTH];
    CHAR       szComputer[NTMS_COMPUTERNAME_LENGTH];
} NTMS_I1_OPREQUESTINFORMATIONA;

typedef struct _NTMS_I1_OPREQUESTINFORMATIONW
{
    DWORD      Request;
    SYSTEMTIME Submitted;
    DWORD      State;
    WCHAR      szMessage[NTMS_I1_MESSAGE_LENGTH];
    DWORD      Arg1Type;
    NTMS_GUID  Arg1;
    DWORD      Arg2Type;
    NTMS_GUID  Arg2;
    WCHAR      szApplication[NTMS_APPLICATIONNAME_LENGTH];
    WCHAR      szUser[NTMS_USERNAME_LENGTH];
    WCHAR      szComputer[NTMS_COMPUTERNAME_LENGTH];
} NTMS_I1_OPREQUESTINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_I1_OPREQUESTINFORMATION)

/* Any object; it has no form for NTMS_COMPUTER */
typedef struct _NTMS_I1_OBJECTINFORMATIONA
{
    DWORD      dwSize;
    DWORD      dwType;
    SYSTEMTIME Created;
    SYSTEMTIME Modified;
    NTMS_GUID  ObjectGuid;
    BOOL       Enabled;
    DWORD      dwOperationalState;
    CHAR       szName[NTMS_OBJECTNAME_LENGTH];
    CHAR       szDescription[NTMS_DESCRIPTION_LENGTH];
    union
    {
        NTMS_DRIVEINFORMATIONA         Drive;
        NTMS_DRIVETYPEINFORMATIONA     DriveType;
        NTMS_I1_LIBRARYINFORMATION     Library;
        NTMS_CHANGERINFORMATIONA       Changer;
        NTMS_CHANGERTYPEINFORMATIONA   ChangerType;
        NTMS_STORAGESLOTINFORMATION    StorageSlot;
        NTMS_IEDOORINFORMATION         IEDoor;
        NTMS_IEPORTINFORMATION         IEPort;
        NTMS_I1_PMIDINFORMATIONA       PhysicalMedia;
        NTMS_LMIDINFORMATION           LogicalMedia;
        NTMS_I1_PARTITIONINFORMATIONA  Partition;
        NTMS_MEDIAPOOLINFORMATION      MediaPool;
        NTMS_MEDIATYPEINFORMATION      MediaType;
        NTMS_I1_LIBREQUESTINFORMATIONA LibRequest;
        NTMS_I1_OPREQUESTINFORMATIONA  OpRequest;
    } Info;
} NTMS_I1_OBJECTINFORMATIONA, *LPNTMS_I1_OBJECTINFORMATIONA;

typedef struct _NTMS_I1_OBJECTINFORMATIONW
{
    DWORD      dwSize;
    DWORD      dwType;
    SYSTEMTIME Created;
    SYSTEMTIME Modified;
    NTMS_GUID  ObjectGuid;
    BOOL       Enabled;
    DWORD      dwOperationalState;
    WCHAR      szName[NTMS_OBJECTNAME_LENGTH];
    WCHAR      szDescription[NTMS_DESCRIPTION_LENGTH];
    union
    {
        NTMS_DRIVEINFORMATIONW         Drive;
        NTMS_DRIVETYPEINFORMATIONW     DriveType;
        NTMS_I1_LIBRARYINFORMATION     Library;
        NTMS_CHANGERINFORMATIONW       Changer;
        NTMS_CHANGERTYPEINFORMATIONW   ChangerType;
        NTMS_STORAGESLOTINFORMATION    StorageSlot;
        NTMS_IEDOORINFORMATION         IEDoor;
        NTMS_IEPORTINFORMATION         IEPort;
        NTMS_I1_PMIDINFORMATIONW       PhysicalMedia;
        NTMS_LMIDINFORMATION           LogicalMedia;
        NTMS_I1_PARTITIONINFORMATIONW  Partition;
        NTMS_MEDIAPOOLINFORMATION      MediaPool;
        NTMS_MEDIATYPEINFORMATION      MediaType;
        NTMS_I1_LIBREQUESTINFORMATIONW LibRequest;
        NTMS_I1_OPREQUESTINFORMATIONW  OpRequest;
    } Info;
} NTMS_I1_OBJECTINFORMATIONW, *LPNTMS_I1_OBJECTINFORMATIONW;

DECL_WINELIB_TYPE_AW(NTMS_I1_OBJECTINFORMATION)

/* Attributes that programs attach to objects */

#define NTMS_MAXATTR_LENGTH   0x10000  /* bytes of data; an attribute is smaller */
#define NTMS_MAXATTR_NAMELEN  32       /* characters of the name, with the terminating null */

DWORD  WINAPI GetNtmsObjectAttributeA(HANDLE,LPNTMS_GUID,DWORD,LPCSTR,LPVOID,LPDWORD);
DWORD  WINAPI GetNtmsObjectAttributeW(HANDLE,LPNTMS_GUID,DWORD,LPCWSTR,LPVOID,LPDWORD);
#define       GetNtmsObjectAttribute WINELIB_NAME_AW(GetNtmsObjectAttribute)
DWORD  WINAPI SetNtmsObjectAttributeA(HANDLE,LPNTMS_GUID,DWORD,LPCSTR,LPVOID,DWORD);
DWORD  WINAPI SetNtmsObjectAttributeW(HANDLE,LPNTMS_GUID,DWORD,LPCWSTR,LPVOID,DWORD);
#define       SetNtmsObjectAttribute WINELIB_NAME_AW(SetNtmsObjectAttribute)

/* Security */

enum NtmsAccessMask
{
    NTMS_USE_ACCESS     = 0x1,
    NTMS_MODIFY_ACCESS  = 0x2,
    NTMS_CONTROL_ACCESS = 0x4
};

#define NTMS_GENERIC_READ     NTMS_USE_ACCESS
#define NTMS_GENERIC_WRITE    (NTMS_USE_ACCESS | NTMS_MODIFY_ACCESS)
#define NTMS_GENERIC_EXECUTE  (NTMS_USE_ACCESS | NTMS_MODIFY_ACCESS | NTMS_CONTROL_ACCESS)
#define NTMS_GENERIC_ALL      (NTMS_USE_ACCESS | NTMS_MODIFY_ACCESS | NTMS_CONTROL_ACCESS)

/* a security descriptor and a handle as the service protocol carries them */
typedef BYTE     *PSECURITY_DESCRIPTOR_NTMS;
typedef ULONG_PTR NTMS_HANDLE;

DWORD  WINAPI GetNtmsObjectSecurity(HANDLE,LPNTMS_GUID,DWORD,SECURITY_INFORMATION,PSECURITY_DESCRIPTOR,DWORD,LPDWORD);
DWORD  WINAPI SetNtmsObjectSecurity(HANDLE,LPNTMS_GUID,DWORD,SECURITY_INFORMATION,PSECURITY_DESCRIPTOR);

/* Notifications and device changes */

enum NtmsNotificationOperations
{
    NTMS_OBJ_UPDATE     = 1,
    NTMS_OBJ_INSERT     = 2,
    NTMS_OBJ_DELETE     = 3,
    NTMS_EVENT_SIGNAL   = 4,
    NTMS_EVENT_COMPLETE = 5
};

/* What happened, one of NtmsNotificationOperations, and to which object */
typedef struct _NTMS_NOTIFICATIONINFORMATION
{
    DWORD     dwOperation;
    NTMS_GUID ObjectId;
} NTMS_NOTIFICATIONINFORMATION, *LPNTMS_NOTIFICATIONINFORMATION;

HANDLE WINAPI OpenNtmsNotification(HANDLE,DWORD);
DWORD  WINAPI WaitForNtmsNotification(HANDLE,LPNTMS_NOTIFICATIONINFORMATION,DWORD);
DWORD  WINAPI CloseNtmsNotification(HANDLE);
DWORD  WINAPI BeginNtmsDeviceChangeDetection(HANDLE,LPHANDLE);
DWORD  WINAPI SetNtmsDeviceChangeDetection(HANDLE,HANDLE,LPNTMS_GUID,DWORD,DWORD);
DWORD  WINAPI EndNtmsDeviceChangeDetection(HANDLE,HANDLE);

/* The database */

DWORD  WINAPI ExportNtmsDatabase(HANDLE);
DWORD  WINAPI ImportNtmsDatabase(HANDLE);

#ifdef __cplusplus
}
#endif

#include <poppack.h>

#endif /* __WINE_NTMSAPI_H */
