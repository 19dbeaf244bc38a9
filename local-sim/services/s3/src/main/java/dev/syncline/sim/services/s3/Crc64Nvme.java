// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * CRC-64/NVME: reflected, all bits set at the beginning and inverted at the end. Eight bytes a
 * step, with a table for each, because every upload without a checksum is summed.
 */
final class Crc64Nvme {
  private static final long REFLECTED_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The effect of a byte that {@code n} more bytes follow, by {@code n}. */
  private static final long[][] TABLES = new long[Long.BYTES][256];

  static {
    for (int i = 0; i < 256; i++) {
      long value = i;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ REFLECTED_POLYNOMIAL;
      }
      TABLES[0][i] = value;
    }
    for (int n = 1; n < Long.BYTES; n++) {
      for (int i = 0; i < 256; i++) {
        TABLES[n][i] = step(TABLES[n - 1][i], 0);
      }
    }
  }

  private Crc64Nvme() {}

  private static long step(long crc, int next) {
    return TABLES[0][(int) ((crc ^ next) & 0xFF)] ^ (crc >>> Byte.SIZE);
  }

  static long of(byte[] content) {
    long crc = -1;
    int at = 0;
    for (; at + Long.BYTES <= content.length; at += Long.BYTES) {
      long block = crc ^ (long) LONGS.get(content, at);
      crc = 0;
      for (int n = Long.BYTES - 1; n >= 0; n--) {
        crc ^= TABLES[n][(int) (block & 0xFF)];
        block >>>= Byte.SIZE;
      }
    }
    for (; at < content.length; at++) {
      crc = step(crc, content[at]);
    }
    return ~crc;
  }
}
