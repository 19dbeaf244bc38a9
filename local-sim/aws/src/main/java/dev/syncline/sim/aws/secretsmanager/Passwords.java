// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.secretsmanager;

import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Json;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.kernel.Ids;
import java.util.ArrayList;
import java.util.List;

/** GetRandomPassword, by the rules of its API reference. Thread-safe. */
final class Passwords {
  static final String[] MEMBERS = {
    "PasswordLength",
    "ExcludeCharacters",
    "ExcludeNumbers",
    "ExcludePunctuation",
    "ExcludeUppercase",
    "ExcludeLowercase",
    "IncludeSpace",
    "RequireEachIncludedType"
  };

  private final Ids ids;

  Passwords(Ids ids) {
    this.ids = ids;
  }

  Output generate(Input input, CallContext context) {
    int length = (int) input.longInteger("PasswordLength").orElse(32);
    if (length < 1 || length > 4096) {
      throw AwsException.badRequest(
          "InvalidParameterException", "PasswordLength must be 1 to 4096, got " + length);
    }
    String excluded = input.text("ExcludeCharacters").orElse("");
    List<String> types = new ArrayList<>();
    addType(types, "abcdefghijklmnopqrstuvwxyz", input.bool("ExcludeLowercase", false), excluded);
    addType(types, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", input.bool("ExcludeUppercase", false), excluded);
    addType(types, "0123456789", input.bool("ExcludeNumbers", false), excluded);
    addType(
        types,
        "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
        input.bool("ExcludePunctuation", false),
        excluded);
    if (input.bool("IncludeSpace", false)) {
      types.add(" ");
    }
    if (types.isEmpty()) {
      throw AwsException.badRequest(
          "InvalidParameterException", "No characters are left to make a password of.");
    }
    boolean each = input.bool("RequireEachIncludedType", true);
    if (each && length < types.size()) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "PasswordLength must be at least " + types.size() + " to have each included type.");
    }
    String all = String.join("", types);
    var characters = new ArrayList<Character>();
    for (int i = 0; i < length; i++) {
      characters.add(pick(each && i < types.size() ? types.get(i) : all));
    }
    var password = new StringBuilder();
    while (!characters.isEmpty()) {
      password.append(characters.remove((int) (ids.nextDouble() * characters.size())));
    }
    return Output.of(Json.object().put("RandomPassword", password.toString()));
  }

  private char pick(String from) {
    return from.charAt((int) (ids.nextDouble() * from.length()));
  }

  private static void addType(
      List<String> types, String characters, boolean exclude, String excluded) {
    if (exclude) {
      return;
    }
    var left = new StringBuilder();
    for (char c : characters.toCharArray()) {
      if (excluded.indexOf(c) < 0) {
        left.append(c);
      }
    }
    if (!left.isEmpty()) {
      types.add(left.toString());
    }
  }
}
