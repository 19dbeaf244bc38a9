// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

/** CRC-64/NVME: reflected, all bits set at the beginning and inverted at the end. */
final class Crc64Nvme {
  private static final long REFLECTED_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
  private static final long[] TABLE = new long[256];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      long value = i;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ REFLECTED_POLYNOMIAL;
      }
      TABLE[i] = value;
    }
  }

  private Crc64Nvme() {}

  static long of(byte[] content) {
    long crc = -1;
    for (byte b : content) {
      crc = TABLE[(int) ((crc ^ b) & 0xFF)] ^ (crc >>> Byte.SIZE);
    }
    return ~crc;
  }
}
