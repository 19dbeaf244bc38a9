// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the ARNs of principals. Stateless and thread-safe. */
final class Principals {
  private static final Pattern ASSUMED =
      Pattern.compile("arn:aws[a-z-]*:sts::(\\d+):assumed-role/([^/]+)/.*");

  private Principals() {}

  /** The role of a session; empty for another principal. The path of the role is not known. */
  static Optional<String> role(String principalArn) {
    Matcher session = ASSUMED.matcher(principalArn);
    return session.matches()
        ? Optional.of("arn:aws:iam::" + session.group(1) + ":role/" + session.group(2))
        : Optional.empty();
  }
}
