// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of PartiQL statements. A statement that cannot be read needs none: it is refused
 * for its syntax.
 */
record StatementAccess(LeadingKeys leading) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?is)^\\s*(?:EXISTS\\s*\\(\\s*)?(SELECT|INSERT|UPDATE|DELETE)\\b"
              + "(?:.*?\\b(?:FROM|INTO)\\s+|\\s+)"
              + "(?:\"([^\"]+)\"|([\\w.-]+))(?:\\s*\\.\\s*(?:\"([^\"]+)\"|([\\w-]+)))?(.*)$");

  /** The permissions of a request with one statement or several. */
  List<AccessCheck> checks(AccessRequest request) {
    var checks = new ArrayList<AccessCheck>();
    add(request.input().json(), request, checks);
    for (String member : List.of("Statements", "TransactStatements")) {
      request.items(member).forEach(statement -> add(statement, request, checks));
    }
    return checks;
  }

  private void add(JsonNode given, AccessRequest request, List<AccessCheck> checks) {
    Matcher statement = FORM.matcher(given.path("Statement").asText());
    if (!statement.matches()) {
      return;
    }
    String verb = statement.group(1).toUpperCase(Locale.ROOT);
    String table = first(statement.group(2), statement.group(3));
    String index = first(statement.group(4), statement.group(5));
    String arn =
        request.arn("dynamodb", "table/", table) + (index.isEmpty() ? "" : "/index/" + index);
    String name = verb.charAt(0) + verb.substring(1).toLowerCase(Locale.ROOT);
    List<String> keys = keys(given);
    AccessCheck check = AccessCheck.of("dynamodb:PartiQL" + name, arn);
    if (!keys.isEmpty()) {
      check = check.with("dynamodb:LeadingKeys", keys);
    }
    checks.add(
        verb.equals("SELECT")
            ? check.with("dynamodb:FullTableScan", List.of(String.valueOf(keys.isEmpty())))
            : check);
  }

  private List<String> keys(JsonNode given) {
    try {
      return leading.ofStatement(
          StatementOperations.statement(given, StatementOperations.parameters(given)));
    } catch (ValidationFault unreadable) {
      // The operation refuses it.
      return List.of();
    }
  }

  private static String first(@Nullable String quoted, @Nullable String bare) {
    return quoted != null ? quoted : bare == null ? "" : bare;
  }
}
