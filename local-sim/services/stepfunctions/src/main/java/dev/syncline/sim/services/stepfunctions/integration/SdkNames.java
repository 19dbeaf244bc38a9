// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

/** Converts the members of a service's shapes to the spelling of AWS SDK integrations. */
public final class SdkNames {
  private SdkNames() {}

  /**
   * The name that AWS SDK integrations show: that of the SDK for Java, which takes a run of
   * capitals for one word ({@code MD5OfMessageBody} is {@code Md5OfMessageBody}, recorded), but for
   * the capital of a word that follows ({@code ETag} stays).
   */
  public static String of(String name) {
    var sdk = new StringBuilder(name);
    for (int i = 1; i < name.length(); i++) {
      boolean startsWord = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
      if (!Character.isUpperCase(name.charAt(i)) || startsWord) {
        break;
      }
      sdk.setCharAt(i, Character.toLowerCase(name.charAt(i)));
    }
    if (!sdk.isEmpty()) {
      sdk.setCharAt(0, Character.toUpperCase(sdk.charAt(0)));
    }
    return sdk.toString();
  }
}
