// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessRequest;
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
record StatementAccess(TableStore tables) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?is)^\\s*(?:EXISTS\\s*\\(\\s*)?(SELECT|INSERT|UPDATE|DELETE)\\b"
              + "(?:.*?\\b(?:FROM|INTO)\\s+|\\s+)"
              + "(?:\"([^\"]+)\"|([\\w.-]+))(?:\\s*\\.\\s*(?:\"([^\"]+)\"|([\\w-]+)))?(.*)$");

  /** The permissions of a request with one statement or several. */
  List<AccessCheck> checks(AccessRequest request) {
    var checks = new ArrayList<AccessCheck>();
    request.text("Statement").ifPresent(text -> add(text, request, checks));
    for (String member : List.of("Statements", "TransactStatements")) {
      for (JsonNode statement : request.items(member)) {
        add(statement.path("Statement").asText(), request, checks);
      }
    }
    return checks;
  }

  private void add(String text, AccessRequest request, List<AccessCheck> checks) {
    Matcher statement = FORM.matcher(text);
    if (!statement.matches()) {
      return;
    }
    String verb = statement.group(1).toUpperCase(Locale.ROOT);
    String table = first(statement.group(2), statement.group(3));
    String index = first(statement.group(4), statement.group(5));
    String arn =
        request.arn("dynamodb", "table/", table) + (index.isEmpty() ? "" : "/index/" + index);
    String name = verb.charAt(0) + verb.substring(1).toLowerCase(Locale.ROOT);
    AccessCheck check = AccessCheck.of("dynamodb:PartiQL" + name, arn);
    checks.add(
        verb.equals("SELECT")
            ? check.with(
                "dynamodb:FullTableScan", List.of(String.valueOf(scans(table, statement.group(6)))))
            : check);
  }

  /** Whether a condition does not name the partition key. */
  private boolean scans(String tableName, String condition) {
    Table table = tables.find(tableName);
    String hash = table == null ? "" : table.description().key().hash().get(0).name();
    return !Pattern.compile(
            "(?is)\\bWHERE\\b.*\"?\\b" + Pattern.quote(hash) + "\\b\"?\\s*(=|\\bIN\\b)")
        .matcher(condition)
        .find();
  }

  private static String first(@Nullable String quoted, @Nullable String bare) {
    return quoted != null ? quoted : bare == null ? "" : bare;
  }
}
