/*
 * Reading and writing blocks and marks
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

#if 0
#pragma makedep unix
#endif

#include "config.h"

#include <stdarg.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "wine/debug.h"

#include "drive.h"

WINE_DEFAULT_DEBUG_CHANNEL(tape);

/* READ(6) and WRITE(6): in fixed block mode the length counts blocks. Never repeated: the tape may have moved. */
static NTSTATUS transfer( struct drive *drive, struct scsi_command *cmd, UINT8 opcode, void *buffer, UINT32 size )
{
    *cmd = (struct scsi_command){ .cdb = { opcode, drive->block_size ? 1 : 0 }, .data = buffer, .size = size,
                                  .timeout_ms = SCSI_TIMEOUT_DATA };
    cmd->direction = opcode == SCSI_READ_6 ? SCSI_DATA_IN : SCSI_DATA_OUT;
    put_be24( cmd->cdb + 2, drive->block_size ? size / drive->block_size : size );
    return drive_execute( drive, cmd );
}

/* recovered errors are as good as none */
static BOOL is_complete( const struct scsi_sense *sense )
{
    return sense->key <= SENSE_RECOVERED && !sense->filemark && !sense->ili && !sense->deferred;
}

/* the sense data do not tell what became of the command; after a deferred error it has not been executed */
static BOOL is_unknown( const struct scsi_sense *sense, NTSTATUS status )
{
    return status && (!sense->valid || sense->deferred);
}

/* the warning that can be programmed is for programs that have done so */
static BOOL is_early_warning( const struct drive *drive, const struct scsi_sense *sense )
{
    if (sense->key > SENSE_RECOVERED || !sense->eom) return FALSE;
    return drive->early_warning || sense->asc || sense->ascq != 0x07;
}

/* how much of size was not transferred, by the drive's own word, in the units of the command */
static UINT32 get_residue( const struct scsi_sense *sense, UINT32 size, UINT32 unknown )
{
    if (!sense->info_valid) return unknown;
    if (sense->info < 0) return 0;
    return min( sense->info, size );
}

/* Variable blocks: one READ, one block or mark. A difference in length is told by the information field, negative when
 * the block was longer than the buffer; what did not fit is lost. */
static NTSTATUS finish_variable_read( struct drive *drive, const struct scsi_command *cmd, NTSTATUS status, UINT32 *done )
{
    const struct scsi_sense *sense = &cmd->sense;
    UINT32 residue = cmd->size - cmd->transferred;

    if (is_unknown( sense, status ) || (sense->key > SENSE_RECOVERED && sense->key != SENSE_BLANK_CHECK))
    {
        drive_forget_position( drive );
        return status;
    }
    if (sense->key == SENSE_BLANK_CHECK) return status;
    drive->position++;
    if (sense->filemark) return status;

    if (sense->ili) residue = get_residue( sense, cmd->size, residue );
    *done = min( cmd->size - residue, cmd->transferred );
    if (sense->ili && !residue) return STATUS_BUFFER_OVERFLOW;
    if (*done < cmd->size - residue)
    {
        WARN( "a block of %u bytes, of which %u arrived\n", cmd->size - residue, *done );
        return STATUS_DEVICE_DATA_ERROR;
    }
    return status == STATUS_END_OF_MEDIA ? STATUS_SUCCESS : status;
}

/* Fixed blocks: the information field counts the blocks that did not come, also before a mark or the end of the data. */
static NTSTATUS finish_fixed_read( struct drive *drive, const struct scsi_command *cmd, NTSTATUS status, UINT32 *done )
{
    const struct scsi_sense *sense = &cmd->sense;
    UINT32 blocks = cmd->size / drive->block_size, read;

    if (is_unknown( sense, status ))
    {
        drive_forget_position( drive );
        return status;
    }
    if (is_complete( sense ))
    {
        *done = cmd->transferred / drive->block_size * drive->block_size;
        drive->position += blocks;
        if (*done < cmd->size) return STATUS_DEVICE_DATA_ERROR;
        return status == STATUS_END_OF_MEDIA ? STATUS_SUCCESS : status;
    }
    read = blocks - get_residue( sense, blocks, blocks );
    *done = min( read * drive->block_size, cmd->transferred );
    drive->position += read;
    if (sense->filemark) drive->position++;
    else if (sense->key != SENSE_BLANK_CHECK) drive_forget_position( drive );
    return sense->ili ? STATUS_INVALID_BLOCK_LENGTH : status;
}

static NTSTATUS finish_write( struct drive *drive, const struct scsi_command *cmd, NTSTATUS status, UINT32 *done )
{
    const struct scsi_sense *sense = &cmd->sense;
    UINT32 unit = drive->block_size ? drive->block_size : 1, units = cmd->size / unit;

    if (is_unknown( sense, status ))
    {
        drive_forget_position( drive );
        return status;
    }
    *done = (units - get_residue( sense, units, is_complete( sense ) ? 0 : units )) * unit;
    drive->position += drive->block_size ? *done / unit : *done == cmd->size;
    if (sense->valid && is_complete( sense )) return is_early_warning( drive, sense ) ? STATUS_END_OF_MEDIA : STATUS_SUCCESS;
    return status;
}

/* as many blocks in one command as the host can transfer; the drive has to have the same block size in mind, or the
 * data would be cut elsewhere */
static NTSTATUS transfer_fixed( struct drive *drive, UINT8 opcode, char *buffer, UINT32 size, UINT32 *done )
{
    UINT32 limit = drive->max_transfer / drive->block_size * drive->block_size, part;
    struct scsi_command cmd;
    NTSTATUS status;

    if (size % drive->block_size || drive->mode_block_size != drive->block_size) return STATUS_INVALID_BLOCK_LENGTH;
    do
    {
        part = 0;
        status = transfer( drive, &cmd, opcode, buffer + *done, min( size - *done, limit ) );
        if (opcode == SCSI_READ_6) status = finish_fixed_read( drive, &cmd, status, &part );
        else status = finish_write( drive, &cmd, status, &part );
        *done += part;
    } while (!status && part && *done < size);
    return status;
}

NTSTATUS drive_read( struct drive *drive, void *buffer, UINT32 size, UINT32 *done )
{
    struct scsi_command cmd;
    NTSTATUS status;

    *done = 0;
    if (!size) return STATUS_SUCCESS;
    if ((status = drive_check( drive ))) return status;
    if (drive->block_size) return transfer_fixed( drive, SCSI_READ_6, buffer, size, done );
    status = transfer( drive, &cmd, SCSI_READ_6, buffer, min( size, drive->max_block ) );
    return finish_variable_read( drive, &cmd, status, done );
}

NTSTATUS drive_write( struct drive *drive, const void *buffer, UINT32 size, UINT32 *done )
{
    struct scsi_command cmd;
    NTSTATUS status;

    *done = 0;
    if (!size) return STATUS_SUCCESS;
    if ((status = drive_check( drive ))) return status;
    if (drive->block_size) return transfer_fixed( drive, SCSI_WRITE_6, (char *)buffer, size, done );
    if (size < drive->min_block || size > drive->max_block) return STATUS_INVALID_BLOCK_LENGTH;
    status = transfer( drive, &cmd, SCSI_WRITE_6, (void *)buffer, size );
    return finish_write( drive, &cmd, status, done );
}

static NTSTATUS check_mark( struct drive *drive, UINT32 type )
{
    if (type > TAPE_LONG_FILEMARKS) return STATUS_INVALID_PARAMETER;
    if (type == TAPE_FILEMARKS) return STATUS_SUCCESS;
    if (type == TAPE_SETMARKS && drive_has_setmarks( drive )) return STATUS_SUCCESS;
    return STATUS_NOT_SUPPORTED;  /* SCSI knows one length of filemarks */
}

/* no marks at all: the drive writes out what it has buffered */
NTSTATUS drive_write_marks( struct drive *drive, UINT32 type, UINT32 count, BOOL immediate )
{
    struct scsi_command cmd = { .cdb = { SCSI_WRITE_FILEMARKS_6, immediate }, .timeout_ms = SCSI_TIMEOUT_DATA };
    const struct scsi_sense *sense = &cmd.sense;
    NTSTATUS status;

    if (count > 0xffffff) return STATUS_INVALID_PARAMETER;
    if ((status = drive_check( drive )) || (status = check_mark( drive, type ))) return status;

    if (type == TAPE_SETMARKS) cmd.cdb[1] |= 0x02;
    put_be24( cmd.cdb + 2, count );
    status = drive_execute( drive, &cmd );
    if (status && (!sense->valid || !is_complete( sense ))) drive_forget_position( drive );
    else drive->position += count - get_residue( sense, count, 0 );
    if (!sense->valid || !is_complete( sense )) return status;
    return is_early_warning( drive, sense ) ? STATUS_END_OF_MEDIA : STATUS_SUCCESS;
}
