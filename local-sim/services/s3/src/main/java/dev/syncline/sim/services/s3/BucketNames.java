// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.util.List;
import java.util.regex.Pattern;

/** The naming rules of general purpose buckets, from S3's user guide. */
final class BucketNames {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final List<String> PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
  private static final List<String> SUFFIXES =
      List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

  private BucketNames() {}

  static void require(String name) {
    boolean valid =
        FORM.matcher(name).matches()
            && !name.contains("..")
            && !IP_ADDRESS.matcher(name).matches()
            && PREFIXES.stream().noneMatch(name::startsWith)
            && SUFFIXES.stream().noneMatch(name::endsWith);
    if (!valid) {
      throw S3Errors.invalidBucketName(name);
    }
  }
}
