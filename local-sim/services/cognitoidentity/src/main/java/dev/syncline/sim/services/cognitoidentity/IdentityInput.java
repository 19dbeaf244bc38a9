// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Checks inputs as AWS's published shapes say. AWS's code for them is ValidationException. */
final class IdentityInput {
  private static final Pattern ID = Pattern.compile("[\\w-]+:[0-9a-f-]+");
  private static final Pattern NAME = Pattern.compile("[\\w\\s+=,.@-]+");
  private static final Pattern DEVELOPER = Pattern.compile("[\\w._-]+");
  private static final int MAX_ENTRIES = 10;
  private static final int MAX_TOKEN = 50_000;

  private IdentityInput() {}

  /**
   * An operation whose input is checked first.
   *
   * @param signature as for {@link Operation#of}
   * @param required members without which the input is refused
   */
  static Operation operation(
      String signature, List<String> required, Function<Input, Output> handler) {
    return Operation.of(
        signature,
        (input, context) -> {
          check(input, required);
          return handler.apply(input);
        });
  }

  private static void check(Input input, List<String> required) {
    Constraints constraints = Constraints.of(input);
    required.forEach(constraints::required);
    constraints
        .length("IdentityPoolId", 1, 55)
        .pattern("IdentityPoolId", ID)
        .length("IdentityId", 1, 55)
        .pattern("IdentityId", ID)
        .length("IdentityPoolName", 1, 128)
        .pattern("IdentityPoolName", NAME)
        .length("DeveloperProviderName", 1, 128)
        .pattern("DeveloperProviderName", DEVELOPER)
        .length("AccountId", 1, 15)
        .length("CustomRoleArn", 20, 2048)
        .length("ResourceArn", 20, 2048)
        .length("IdentityProviderName", 1, 128)
        .length("NextToken", 1, 65_535)
        .range("MaxResults", 1, 60)
        .texts("IdentityIdsToDelete", 1, 60, 1, 55)
        .texts("TagKeys", 0, Integer.MAX_VALUE, 1, 128)
        .verify();
    requireFew(input, "Logins");
    requireFew(input, "SupportedLoginProviders");
    for (String token : input.textMap("Logins").values()) {
      if (token.isEmpty() || token.length() > MAX_TOKEN) {
        throw IdentityErrors.invalid(
            "A token in Logins must have 1 to " + MAX_TOKEN + " characters.");
      }
    }
  }

  private static void requireFew(Input input, String member) {
    Map<String, String> entries = input.textMap(member);
    if (entries.size() > MAX_ENTRIES) {
      throw IdentityErrors.invalid(member + " has more than " + MAX_ENTRIES + " entries.");
    }
  }
}
