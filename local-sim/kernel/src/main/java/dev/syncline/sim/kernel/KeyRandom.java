// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * Random bytes from a stream of ids, for keys that depend on the simulator's seed only. It is not
 * secure: use it for keys that protect nothing outside the simulator. Thread-safe.
 */
public final class KeyRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  /** Takes its bytes from {@code ids}; a seed that is set later has no effect. */
  public KeyRandom(Ids ids) {
    super(new Source(ids), null);
  }

  /** {@code count} bytes of a stream of ids. */
  public static byte[] bytes(Ids ids, int count) {
    var bytes = new byte[count];
    fill(ids, bytes);
    return bytes;
  }

  private static void fill(Ids ids, byte[] bytes) {
    long bits = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (i % Long.BYTES == 0) {
        bits = ids.nextLong();
      }
      bytes[i] = (byte) bits;
      bits >>>= Byte.SIZE;
    }
  }

  private static final class Source extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final transient Ids ids;

    Source(Ids ids) {
      this.ids = ids;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      // The stream of ids alone decides.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      fill(ids, bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int numBytes) {
      return bytes(ids, numBytes);
    }
  }
}
