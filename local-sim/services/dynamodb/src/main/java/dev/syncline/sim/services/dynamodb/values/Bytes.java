// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.util.Arrays;
import java.util.Base64;

/** An immutable string of bytes, ordered as unsigned bytes. */
public final class Bytes implements Comparable<Bytes> {
  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** Takes over the array: the caller must not change it afterwards. */
  public static Bytes wrap(byte[] value) {
    return new Bytes(value);
  }

  /** The bytes; not to be changed. */
  public byte[] array() {
    return value;
  }

  /** Their number. */
  public int length() {
    return value.length;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** In Base64. */
  @Override
  public String toString() {
    return Base64.getEncoder().encodeToString(value);
  }
}
