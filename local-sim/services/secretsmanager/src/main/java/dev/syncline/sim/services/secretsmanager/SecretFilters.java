// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import dev.syncline.sim.service.Input;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The filters of ListSecrets and BatchGetSecretValue. */
final class SecretFilters {
  private SecretFilters() {}

  /** The secrets that every filter takes. */
  static List<Secret> apply(Collection<Secret> secrets, List<Input> filters) {
    return secrets.stream()
        .filter(secret -> filters.stream().allMatch(filter -> takes(secret, filter)))
        .toList();
  }

  /** A filter takes what one of its values takes; a value after {@code !} takes the others. */
  private static boolean takes(Secret secret, Input filter) {
    String key = filter.requiredText("Key");
    return filter.texts("Values").stream()
        .anyMatch(
            value ->
                value.startsWith("!")
                    ? !takes(secret, key, value.substring(1))
                    : takes(secret, key, value));
  }

  private static boolean takes(Secret secret, String key, String value) {
    Predicate<String> begins = text -> text.startsWith(value);
    return switch (key) {
      case "name" -> begins.test(secret.name);
      case "description" -> describes(secret, value);
      case "tag-key" -> secret.tags.keySet().stream().anyMatch(begins);
      case "tag-value" -> secret.tags.values().stream().anyMatch(begins);
      case "owning-service" -> value.equals(secret.owningService);
      case "all" ->
          describes(secret, value)
              || Stream.of(
                      Stream.of(secret.name),
                      secret.tags.keySet().stream(),
                      secret.tags.values().stream())
                  .flatMap(texts -> texts)
                  .anyMatch(text -> lower(text).contains(lower(value)));
      default -> throw SecretErrors.unsupportedFilter(key);
    };
  }

  private static boolean describes(Secret secret, String value) {
    return secret.description != null && lower(secret.description).contains(lower(value));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
