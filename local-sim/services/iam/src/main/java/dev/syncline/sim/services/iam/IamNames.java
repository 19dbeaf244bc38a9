// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.util.regex.Pattern;

/** Checks names and paths. */
final class IamNames {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
  private static final Pattern PATH = Pattern.compile("/([\\x21-\\x7e]+/)?");
  private static final int MAX_PATH_LENGTH = 512;

  private IamNames() {}

  /**
   * Checks a name and returns it.
   *
   * @throws dev.syncline.sim.service.AwsException {@code ValidationError} for other characters or
   *     more than {@code maxLength} of them
   */
  static String checkedName(String member, String name, int maxLength) {
    if (!NAME.matcher(name).matches()) {
      throw IamErrors.invalidName(member);
    }
    if (name.length() > maxLength) {
      throw IamErrors.tooLong(member, maxLength);
    }
    return name;
  }

  /**
   * Checks a path and returns it.
   *
   * @throws dev.syncline.sim.service.AwsException {@code ValidationError}
   */
  static String checkedPath(String path) {
    if (!PATH.matcher(path).matches() || path.length() > MAX_PATH_LENGTH) {
      throw IamErrors.invalidPath();
    }
    return path;
  }
}
