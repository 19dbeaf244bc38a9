// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Passwords as GetRandomPassword and CloudFormation's {@code GenerateSecretString} make them.
 * Deterministic for a seed, so not for real secrets. Thread-safe.
 */
public final class RandomPassword {
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  /** The members that GetRandomPassword takes. */
  static final String MEMBERS =
      "PasswordLength, ExcludeCharacters, ExcludeNumbers, ExcludePunctuation, ExcludeUppercase,"
          + " ExcludeLowercase, IncludeSpace, RequireEachIncludedType";

  private RandomPassword() {}

  /**
   * A password.
   *
   * @param rules the members of GetRandomPassword; 32 characters of every kind when empty
   * @throws AwsException when the rules leave nothing to choose from
   */
  public static String generate(Ids ids, Input rules) {
    int length = rules.integer("PasswordLength").orElse(32);
    if (length < 1 || length > 4096) {
      throw SecretErrors.invalidParameter("PasswordLength must be 1 to 4096, got " + length + ".");
    }
    String excluded = rules.text("ExcludeCharacters").orElse("");
    List<String> kinds = new ArrayList<>();
    add(kinds, LOWER, rules.bool("ExcludeLowercase", false), excluded);
    add(kinds, UPPER, rules.bool("ExcludeUppercase", false), excluded);
    add(kinds, DIGITS, rules.bool("ExcludeNumbers", false), excluded);
    add(kinds, PUNCTUATION, rules.bool("ExcludePunctuation", false), excluded);
    add(kinds, " ", !rules.bool("IncludeSpace", false), excluded);
    if (kinds.isEmpty()) {
      throw SecretErrors.invalidParameter("The rules leave no character to make a password of.");
    }
    boolean each = rules.bool("RequireEachIncludedType", true);
    if (each && length < kinds.size()) {
      throw SecretErrors.invalidParameter(
          "PasswordLength is too short to have a character of each included type.");
    }
    String all = String.join("", kinds);
    var characters = new ArrayList<Character>();
    if (each) {
      kinds.forEach(kind -> characters.add(pick(ids, kind)));
    }
    while (characters.size() < length) {
      characters.add(pick(ids, all));
    }
    var password = new StringBuilder();
    while (!characters.isEmpty()) {
      password.append(characters.remove((int) (ids.nextDouble() * characters.size())));
    }
    return password.toString();
  }

  /**
   * The text of a secret with CloudFormation's {@code GenerateSecretString}: the password alone, or
   * the {@code SecretStringTemplate} with it under {@code GenerateStringKey}.
   */
  public static String secretString(Ids ids, Input rules) {
    String password = generate(ids, rules);
    if (!rules.has("SecretStringTemplate") && !rules.has("GenerateStringKey")) {
      return password;
    }
    try {
      JsonNode template = Json.MAPPER.readTree(rules.requiredText("SecretStringTemplate"));
      if (template instanceof ObjectNode object) {
        return Json.write(object.put(rules.requiredText("GenerateStringKey"), password));
      }
    } catch (JsonProcessingException notJson) {
      // falls through to the one error below
    }
    throw SecretErrors.invalidParameter("SecretStringTemplate must be a JSON object.");
  }

  private static void add(List<String> kinds, String kind, boolean left, String excluded) {
    if (left) {
      return;
    }
    var kept = new StringBuilder();
    kind.chars().filter(c -> excluded.indexOf(c) < 0).forEach(c -> kept.append((char) c));
    if (!kept.isEmpty()) {
      kinds.add(kept.toString());
    }
  }

  private static char pick(Ids ids, String from) {
    return from.charAt((int) (ids.nextDouble() * from.length()));
  }
}
