// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.service.Input;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A layer version as a member names it.
 *
 * @param region null when the layer is named without ARN, as {@code account} then is
 */
record LayerRef(@Nullable String region, @Nullable String account, String name, long number) {
  static final String NAME_PATTERN =
      "(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+";
  static final String VERSION_PATTERN =
      "arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+";

  private static final int MAX_LENGTH = 140;
  private static final String NAME = "([a-zA-Z0-9_-]+)";
  private static final String ARN =
      "arn:[a-zA-Z0-9-]+:lambda:([a-zA-Z0-9-]+):(\\d{12}):layer:" + NAME;
  private static final Pattern LAYER = Pattern.compile("(?:" + ARN + ")|" + NAME);
  private static final Pattern VERSION = Pattern.compile(ARN + ":([0-9]{1,18})");

  /** The layer of the member {@code LayerName}; its number is 0. */
  static LayerRef layer(Input input) {
    String text = input.requiredText("LayerName");
    Matcher matcher = LAYER.matcher(text);
    if (text.length() > MAX_LENGTH || !matcher.matches()) {
      throw LambdaErrors.violated(
          text,
          "layerName",
          text.length() > MAX_LENGTH
              ? "Member must have length less than or equal to " + MAX_LENGTH
              : "Member must satisfy regular expression pattern: " + NAME_PATTERN);
    }
    String name = matcher.group(4) == null ? matcher.group(3) : matcher.group(4);
    return new LayerRef(matcher.group(1), matcher.group(2), name, 0);
  }

  /** The version of the members {@code LayerName} and {@code VersionNumber}. */
  static LayerRef version(Input input) {
    LayerRef layer = layer(input);
    long number =
        input
            .longInteger("VersionNumber")
            .orElseThrow(() -> LambdaErrors.invalid("VersionNumber must be a number."));
    if (number < 1) {
      throw LambdaErrors.invalid("Layer Version Cannot be less than 1");
    }
    return new LayerRef(layer.region, layer.account, layer.name, number);
  }

  /** The version of an ARN, null when the text is not one. */
  static @Nullable LayerRef parse(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.matches()
        ? new LayerRef(
            matcher.group(1), matcher.group(2), matcher.group(3), Long.parseLong(matcher.group(4)))
        : null;
  }

  /** Whether the store has such layers: of its account and region. */
  boolean isOf(LayerStore store) {
    return (account == null || account.equals(store.account()))
        && (region == null || region.equals(store.region()));
  }
}
