// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses with a common prefix, in the form {@code 203.0.113.0/24} or {@code 2001:db8::/32}.
 * Immutable.
 */
final class AddressRange {
  private static final int IPV6_GROUPS = 8;

  /** 4 or 16 bytes. */
  private final byte[] network;

  /** The length of the prefix. */
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /** Reads an address or a range; {@code null} when the text is neither. */
  static @Nullable AddressRange of(String text) {
    int slash = text.indexOf('/');
    byte[] network = bytes(slash < 0 ? text : text.substring(0, slash));
    if (network == null) {
      return null;
    }
    int most = network.length * Byte.SIZE;
    int bits = slash < 0 ? most : number(text.substring(slash + 1), 10, most);
    return bits < 0 ? null : new AddressRange(network, bits);
  }

  /** Whether the text is an address in this range. */
  boolean contains(String text) {
    byte[] address = bytes(text);
    if (address == null || address.length != network.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    if (Arrays.mismatch(address, 0, whole, network, 0, whole) >= 0) {
      return false;
    }
    int rest = Byte.SIZE - bits % Byte.SIZE;
    return rest == Byte.SIZE || (address[whole] & 0xFF) >> rest == (network[whole] & 0xFF) >> rest;
  }

  private static byte @Nullable [] bytes(String text) {
    return text.indexOf(':') >= 0 ? sixteen(text) : four(text);
  }

  private static byte @Nullable [] four(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[4];
    if (parts.length != bytes.length) {
      return null;
    }
    for (int part = 0; part < parts.length; part++) {
      int value = number(parts[part], 10, 0xFF);
      if (value < 0) {
        return null;
      }
      bytes[part] = (byte) value;
    }
    return bytes;
  }

  private static byte @Nullable [] sixteen(String text) {
    int gap = text.indexOf("::");
    String[] head = groups(gap < 0 ? text : text.substring(0, gap));
    String[] tail = gap < 0 ? new String[0] : groups(text.substring(gap + 2));
    int given = head.length + tail.length;
    if (gap < 0 ? given != IPV6_GROUPS : given >= IPV6_GROUPS) {
      return null;
    }
    byte[] bytes = new byte[2 * IPV6_GROUPS];
    for (int group = 0; group < given; group++) {
      boolean before = group < head.length;
      int value = number(before ? head[group] : tail[group - head.length], 16, 0xFFFF);
      if (value < 0) {
        return null;
      }
      int place = before ? group : IPV6_GROUPS - given + group;
      bytes[2 * place] = (byte) (value >> Byte.SIZE);
      bytes[2 * place + 1] = (byte) value;
    }
    return bytes;
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  /** A number from 0 to the maximum; -1 for any other text. */
  private static int number(String text, int radix, int most) {
    if (text.isEmpty() || text.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int index = 0; index < text.length(); index++) {
      int digit = Character.digit(text.charAt(index), radix);
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value <= most ? value : -1;
  }
}
