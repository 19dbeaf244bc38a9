// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import dev.syncline.sim.kernel.Arn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permissions that the operations of a service need, as a table. A row has two or three columns
 * between bars: operations, actions, resource. Without actions, an operation needs the action of
 * its own name.
 *
 * <pre>
 * SendMessage SendMessageBatch | SendMessage | {queue}
 * ListQueues                   | *
 * </pre>
 *
 * <p>A resource is {@code *}, an ARN, or what follows {@code arn:aws:SERVICE:REGION:ACCOUNT:}.
 * {@code {Member}} stands for the member's text, {@code *} when it is absent; an ARN in its place
 * replaces what stands before it. Names may be given to functions with {@link #naming}. Three words
 * stand for no resource: {@link #NONE} for a call that needs a signature and no permission, {@link
 * #PUBLIC} for one that needs neither, {@link #COMPUTED} for one whose checks {@link #computing}
 * makes; its actions are then those that it may need.
 *
 * <p>Not changed once the room is built; thread-safe from then on.
 */
public final class AccessTable {
  /** A signature is needed, a permission is not. */
  public static final String NONE = "none";

  /** Anyone may call. */
  public static final String PUBLIC = "public";

  /** A function makes the checks. */
  public static final String COMPUTED = "computed";

  private static final String ANY = "*";
  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z.]+)}");
  private static final Pattern LABEL = Pattern.compile("\\{(\\w+)\\+?}");

  private static final Set<String> WITHOUT_RESOURCE = Set.of(NONE, PUBLIC, COMPUTED);

  /** A text between places, or a place; read once, because every request fills it. */
  private record Part(String text, boolean place) {}

  /**
   * A row.
   *
   * @param actions with their prefixes
   * @param templates of resources
   */
  private record Row(List<String> actions, String resource, List<List<Part>> templates) {
    Row(List<String> actions, String resource) {
      this(actions, resource, words(resource).stream().map(AccessTable::parts).toList());
    }
  }

  private static List<Part> parts(String template) {
    var parts = new ArrayList<Part>();
    Matcher place = PLACE.matcher(template);
    int end = 0;
    while (place.find()) {
      if (place.start() > end) {
        parts.add(new Part(template.substring(end, place.start()), false));
      }
      parts.add(new Part(place.group(1), true));
      end = place.end();
    }
    if (end < template.length()) {
      parts.add(new Part(template.substring(end), false));
    }
    return List.copyOf(parts);
  }

  private final String prefix;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<String, Function<AccessRequest, String>> names = new LinkedHashMap<>();
  private final Map<String, List<Function<AccessRequest, List<AccessCheck>>>> further =
      new LinkedHashMap<>();
  private final Map<String, List<String>> furtherActions = new LinkedHashMap<>();
  private final Map<String, List<Function<AccessRequest, Map<String, List<String>>>>> keys =
      new LinkedHashMap<>();
  private Function<String, Map<String, String>> resourceTags = resource -> Map.of();
  private boolean sparesAny;

  private AccessTable(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Reads a table.
   *
   * @param prefix of its actions, such as {@code sqs}
   * @throws IllegalArgumentException for a row that cannot be read, or an operation with two rows
   */
  public static AccessTable of(String prefix, String text) {
    var table = new AccessTable(prefix);
    text.lines().filter(line -> !line.isBlank()).forEach(table::read);
    return table;
  }

  /**
   * The table of a service whose actions are HTTP methods and whose resources are paths, as API
   * Gateway's are.
   *
   * @param version the start of paths that is not part of resources, such as {@code /v2}; may be
   *     empty
   */
  public static AccessTable ofHttp(String prefix, String version, List<Operation> operations) {
    var table = new AccessTable(prefix);
    for (Operation operation : operations) {
      HttpBinding http = operation.http();
      if (http == null) {
        throw new IllegalArgumentException(operation.name() + " has no path");
      }
      table.rows.put(operation.name(), new Row(List.of(prefix + ":" + http.method()), COMPUTED));
      String path = http.uri().split("\\?", 2)[0].substring(version.length());
      table.computing(
          operation.name(),
          request ->
              List.of(
                  AccessCheck.of(
                      prefix + ":" + http.method(),
                      Arn.aws(prefix, request.context().region(), "", path(path, request)))));
    }
    return table;
  }

  /** The path of a request, for the services that name resources so. */
  public static String path(AccessRequest request) {
    HttpBinding http = request.operation().http();
    return http == null ? ANY : path(http.uri().split("\\?", 2)[0], request);
  }

  private static String path(String template, AccessRequest request) {
    Matcher label = LABEL.matcher(template);
    return label.replaceAll(
        found ->
            Matcher.quoteReplacement(
                request
                    .text(found.group(1))
                    .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
                    .orElse(ANY)));
  }

  /** Lets refusals not say that a resource is {@code *}. */
  public AccessTable sparingAny() {
    sparesAny = true;
    return this;
  }

  /** The message of a refusal. */
  String refusal(AccessDenial denial) {
    return sparesAny ? denial.messageOfNamedResource() : denial.message();
  }

  /** The part of its actions before the colon. */
  public String prefix() {
    return prefix;
  }

  private void read(String line) {
    String[] columns = line.split("\\|", -1);
    if (columns.length < 2 || columns.length > 3) {
      throw new IllegalArgumentException("a row has two or three columns: " + line);
    }
    String resource = columns[columns.length - 1].strip();
    List<String> actions = columns.length == 3 ? words(columns[1]) : List.of();
    for (String operation : words(columns[0])) {
      List<String> needed = actions.isEmpty() ? List.of(operation) : actions;
      var row = new Row(needed.stream().map(this::action).toList(), resource);
      if (rows.putIfAbsent(operation, row) != null) {
        throw new IllegalArgumentException("two rows for " + operation);
      }
    }
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  /** Defines what {@code {name}} stands for in resources. */
  public AccessTable naming(String name, Function<AccessRequest, String> resource) {
    names.put(name, resource);
    return this;
  }

  /** Makes the checks of operations whose resource is {@link #COMPUTED}. */
  public AccessTable computing(
      String operations, Function<AccessRequest, List<AccessCheck>> checks) {
    return adding(operations, "", checks);
  }

  /**
   * Adds checks to those of operations.
   *
   * @param actions those that it may add, with their prefixes, for the table of operations
   */
  public AccessTable adding(
      String operations, String actions, Function<AccessRequest, List<AccessCheck>> checks) {
    for (String operation : words(operations)) {
      further.computeIfAbsent(operation, unused -> new ArrayList<>()).add(checks);
      furtherActions.computeIfAbsent(operation, unused -> new ArrayList<>()).addAll(words(actions));
    }
    return this;
  }

  /** Adds the permission for tags to operations that create a resource with tags. */
  public AccessTable tagging(String operations, String action) {
    return adding(
        operations,
        prefix + ":" + action,
        request ->
            RequestTags.of(request).isEmpty()
                ? List.of()
                : resources(request).stream()
                    .map(resource -> AccessCheck.of(prefix + ":" + action, resource))
                    .toList());
  }

  /**
   * Adds {@code iam:PassRole} to operations that hand a role over to a service.
   *
   * @param member with the role's ARN; its path as in {@link AccessRequest#text}
   * @param service such as {@code lambda.amazonaws.com}
   */
  public AccessTable passing(String operations, String member, String service) {
    return adding(
        operations,
        PassRole.ACTION,
        request -> request.text(member).map(role -> PassRole.to(role, service)).stream().toList());
  }

  /** Adds condition keys to each check of operations; a key without values is absent. */
  public AccessTable keys(
      String operations, Function<AccessRequest, Map<String, List<String>>> values) {
    for (String operation : words(operations)) {
      keys.computeIfAbsent(operation, unused -> new ArrayList<>()).add(values);
    }
    return this;
  }

  /** As {@link #keys}, with one key. */
  public AccessTable key(
      String operations, String key, Function<AccessRequest, List<String>> values) {
    return keys(operations, request -> Map.of(key, values.apply(request)));
  }

  /** As {@link #key}, with the text of a member. */
  public AccessTable keyOf(String operations, String key, String member) {
    return key(operations, key, request -> request.text(member).stream().toList());
  }

  /** Gives the tags of a resource, for {@code aws:ResourceTag}; empty for an unknown one. */
  public AccessTable tagsOf(Function<String, Map<String, String>> tags) {
    resourceTags = tags;
    return this;
  }

  /** Whether there is a row for the operation. */
  public boolean has(String operation) {
    return rows.containsKey(operation);
  }

  /** Whether anyone may call the operation, also without a signature. */
  public boolean isPublic(String operation) {
    Row row = rows.get(operation);
    return row != null && row.resource.equals(PUBLIC);
  }

  /** The actions that an operation may need; empty for none. */
  public Set<String> actions(String operation) {
    var all = new LinkedHashSet<String>();
    Row row = rows.get(operation);
    if (row != null && !row.resource.equals(NONE) && !row.resource.equals(PUBLIC)) {
      all.addAll(row.actions);
    }
    all.addAll(furtherActions.getOrDefault(operation, List.of()));
    return all;
  }

  /** The checks of a call; an operation without a row needs the action of its name everywhere. */
  public List<AccessCheck> checks(AccessRequest request) {
    String operation = request.operation().name();
    Row row = rows.get(operation);
    if (row == null) {
      return List.of(AccessCheck.of(action(operation), ANY));
    }
    var checks = new ArrayList<AccessCheck>();
    if (!WITHOUT_RESOURCE.contains(row.resource)) {
      for (List<Part> template : row.templates) {
        String resource = filled(template, request);
        row.actions.forEach(action -> checks.add(AccessCheck.of(action, resource)));
      }
    }
    further.getOrDefault(operation, List.of()).forEach(more -> checks.addAll(more.apply(request)));
    if (checks.isEmpty()) {
      return checks;
    }
    checks.replaceAll(
        check ->
            check.action().startsWith(prefix)
                ? new AccessCheck(
                    check.action(), check.resource(), new LazyKeys(() -> keys(check, request)))
                : check);
    return checks;
  }

  private Map<String, List<String>> keys(AccessCheck check, AccessRequest request) {
    Map<String, List<String>> all = keys(request);
    resourceTags
        .apply(check.resource())
        .forEach((key, value) -> all.put("aws:ResourceTag/" + key, List.of(value)));
    all.putAll(check.keys());
    return all;
  }

  private Map<String, List<String>> keys(AccessRequest request) {
    var found = new LinkedHashMap<String, List<String>>();
    keys.getOrDefault(request.operation().name(), List.of())
        .forEach(values -> values.apply(request).forEach((key, value) -> put(found, key, value)));
    Map<String, String> tags = RequestTags.of(request);
    tags.forEach((key, value) -> found.put("aws:RequestTag/" + key, List.of(value)));
    put(found, "aws:TagKeys", RequestTags.keys(request, tags));
    return found;
  }

  private static void put(Map<String, List<String>> found, String key, List<String> values) {
    if (!values.isEmpty()) {
      found.put(key, values);
    }
  }

  private String action(String name) {
    return name.contains(":") ? name : prefix + ":" + name;
  }

  /** The resources of a row: one, or one for each part between spaces. */
  private List<String> resources(AccessRequest request) {
    Row row = rows.get(request.operation().name());
    return row == null
        ? List.of(ANY)
        : row.templates.stream().map(template -> filled(template, request)).toList();
  }

  private String filled(List<Part> template, AccessRequest request) {
    var text = new StringBuilder();
    for (Part part : template) {
      String value = part.place ? value(part.text, request) : part.text;
      if (part.place && value.startsWith("arn:")) {
        text.setLength(0);
      }
      text.append(value);
    }
    String filled = text.toString();
    return filled.startsWith("arn:") || filled.equals(ANY)
        ? filled
        : Arn.aws(prefix, request.context().region(), request.context().account(), filled);
  }

  private String value(String name, AccessRequest request) {
    Function<AccessRequest, String> named = names.get(name);
    if (named != null) {
      return named.apply(request);
    }
    return switch (name) {
      case "region" -> request.context().region();
      case "account" -> request.context().account();
      default -> request.textOrAny(name);
    };
  }
}
