// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.IamSettings;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that say what permissions do. */
final class IamOptions {
  private static final String MODE = "--iam";
  private static final String KEYS = "--iam-keys";

  @Option(
      names = MODE,
      paramLabel = "MODE",
      description =
          "What permissions do: off (nothing is evaluated), record (everything is evaluated and"
              + " nothing refused; 'permissions' shows the result) or enforce (what is not allowed"
              + " is refused as AWS refuses it). Default: ${DEFAULT-VALUE}.")
  private String mode = "off";

  @Option(
      names = KEYS,
      paramLabel = "KEYS",
      description =
          "Whose access keys count with --iam record or enforce: lax (a key that IAM and STS did"
              + " not issue belongs to the root user, who may do everything) or strict (such a key"
              + " is refused, except those of --access-key). Default: ${DEFAULT-VALUE}.")
  private String keys = "lax";

  /**
   * The options as settings.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  IamSettings settings() {
    IamMode chosen =
        switch (mode.toLowerCase(Locale.ROOT)) {
          case "off" -> IamMode.OFF;
          case "record" -> IamMode.RECORD;
          case "enforce" -> IamMode.ENFORCE;
          default ->
              throw new IllegalArgumentException(
                  MODE + " must be off, record or enforce, got '" + mode + "'");
        };
    boolean lax =
        switch (keys.toLowerCase(Locale.ROOT)) {
          case "lax" -> true;
          case "strict" -> false;
          default ->
              throw new IllegalArgumentException(
                  KEYS + " must be lax or strict, got '" + keys + "'");
        };
    return new IamSettings(chosen, lax);
  }
}
