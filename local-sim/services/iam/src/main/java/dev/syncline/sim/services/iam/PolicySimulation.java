// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.iam.AccessQuery;
import dev.syncline.sim.iam.AuthorizationData;
import dev.syncline.sim.iam.Decision;
import dev.syncline.sim.iam.IamPrincipal;
import dev.syncline.sim.iam.Policy;
import dev.syncline.sim.iam.PolicyEngine;
import dev.syncline.sim.iam.PolicyInspection;
import dev.syncline.sim.iam.PolicySources;
import dev.syncline.sim.service.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A simulation: what is given for every action, and the form of AWS's results. Immutable.
 *
 * @param identity the policies of the identity
 * @param boundary its permissions boundary
 * @param resource the policy of every simulated resource
 * @param caller the principal, which the resource's policy names
 * @param account the account of the principal
 * @param owner the account of resources whose ARN has none
 * @param resources ARNs, or one star
 * @param keys the context; names in lower case
 */
record PolicySimulation(
    List<Source> identity,
    Optional<Source> boundary,
    Optional<Source> resource,
    IamPrincipal caller,
    String account,
    String owner,
    List<String> resources,
    Map<String, List<String>> keys) {
  private static final String EVERYTHING = "*";
  private static final String DENY = "explicitDeny";

  /**
   * A policy with the names that results have for it.
   *
   * @param id such as {@code PolicyInputList.1}
   * @param type such as {@code IAM Policy}
   */
  record Source(String id, String type, Policy policy) {}

  private record Evaluation(
      String resource, Decision decision, ArrayNode matched, Optional<Boolean> bounded) {
    String name() {
      return Decisions.name(decision);
    }
  }

  /** An entry of {@code EvaluationResults}. */
  ObjectNode result(String action) {
    List<Evaluation> each = resources.stream().map(arn -> evaluate(action, arn)).toList();
    Evaluation first = each.getFirst();
    boolean everything = resources.equals(List.of(EVERYTHING));
    ObjectNode result =
        Json.object()
            .put("EvalActionName", action)
            .put("EvalResourceName", each.size() == 1 ? first.resource : kind(action))
            .put("EvalDecision", overall(each));
    result.set(
        "MatchedStatements", each.size() == 1 ? first.matched : Json.MAPPER.createArrayNode());
    ArrayNode missing = result.putArray("MissingContextValues");
    if (everything) {
      missingKeys().forEach(missing::add);
    }
    each.stream()
        .flatMap(evaluation -> evaluation.bounded.stream())
        .reduce(Boolean::logicalAnd)
        .ifPresent(allowed -> putBoundary(result, allowed));
    if (!everything) {
      result.set("EvalDecisionDetails", details(action, first.resource));
      ArrayNode specific = result.putArray("ResourceSpecificResults");
      each.forEach(evaluation -> specific.add(specific(action, evaluation)));
    }
    return result;
  }

  private ObjectNode specific(String action, Evaluation evaluation) {
    ObjectNode result =
        Json.object()
            .put("EvalResourceName", evaluation.resource)
            .put("EvalResourceDecision", evaluation.name());
    result.set("MatchedStatements", evaluation.matched.deepCopy());
    List<String> missing = missingKeys();
    if (!missing.isEmpty()) {
      missing.forEach(result.putArray("MissingContextValues")::add);
    }
    if (isForeign(evaluation.resource)) {
      result.set("EvalDecisionDetails", details(action, evaluation.resource));
    }
    evaluation.bounded.ifPresent(allowed -> putBoundary(result, allowed));
    return result;
  }

  private static void putBoundary(ObjectNode result, boolean allowed) {
    result
        .putObject("PermissionsBoundaryDecisionDetail")
        .put("AllowedByPermissionsBoundary", allowed);
  }

  /** A denial of one resource decides, and otherwise one that is not allowed. */
  private static String overall(List<Evaluation> each) {
    List<String> names = each.stream().map(Evaluation::name).distinct().toList();
    if (names.contains(DENY)) {
      return DENY;
    }
    return names.size() == 1 ? names.getFirst() : "implicitDeny";
  }

  private Evaluation evaluate(String action, String arn) {
    AccessQuery query = query(action, arn);
    Optional<Source> applied = ofResource(action);
    Decision decision =
        PolicyEngine.decide(
            query,
            new PolicySources(
                identity.stream().map(Source::policy).toList(),
                boundary.map(Source::policy),
                Optional.empty(),
                applied.map(Source::policy),
                false));
    ArrayNode matched = Json.MAPPER.createArrayNode();
    if (!(decision instanceof Decision.ImplicitDeny)) {
      applied.ifPresent(source -> addMatched(matched, source, query, true));
      addIdentity(matched, query);
      if (decision instanceof Decision.ExplicitDeny) {
        boundary
            .filter(source -> denies(source, query))
            .ifPresent(source -> addMatched(matched, source, query, false));
      }
    }
    return new Evaluation(
        arn,
        decision,
        matched,
        boundary.map(source -> PolicyInspection.allows(query, source.policy)));
  }

  private AccessQuery query(String action, String arn) {
    return new AccessQuery(caller, action, arn, ownerOf(arn), keys);
  }

  /** AWS's simulator ignores the policy of a role for these actions. */
  private Optional<Source> ofResource(String action) {
    return action.toLowerCase(Locale.ROOT).startsWith("sts:assume") ? Optional.empty() : resource;
  }

  /** Denials of one of the identity's policies hide the permissions of the others. */
  private void addIdentity(ArrayNode matched, AccessQuery query) {
    boolean denied = identity.stream().anyMatch(source -> denies(source, query));
    identity.stream()
        .filter(source -> !denied || denies(source, query))
        .forEach(source -> addMatched(matched, source, query, false));
  }

  private static boolean denies(Source source, AccessQuery query) {
    return PolicyInspection.denies(query, source.policy, false);
  }

  private static void addMatched(
      ArrayNode matched, Source source, AccessQuery query, boolean ofResource) {
    List<PolicyInspection.Place> places = PolicyInspection.places(source.policy);
    for (int index : PolicyInspection.deciding(query, source.policy, ofResource)) {
      ObjectNode statement =
          matched.addObject().put("SourcePolicyId", source.id).put("SourcePolicyType", source.type);
      put(statement, "StartPosition", places.get(index).start());
      put(statement, "EndPosition", places.get(index).end());
    }
  }

  private static void put(ObjectNode statement, String member, PolicyInspection.Position position) {
    statement.putObject(member).put("Line", position.line()).put("Column", position.column());
  }

  /** Every key that a policy reads and that nobody gave, whether its statement matches or not. */
  private List<String> missingKeys() {
    Map<String, String> missing = new TreeMap<>();
    Stream.of(identity.stream(), boundary.stream(), resource.stream())
        .flatMap(sources -> sources)
        .flatMap(source -> PolicyInspection.contextKeys(source.policy).stream())
        .filter(key -> !keys.containsKey(key.toLowerCase(Locale.ROOT)))
        .forEach(key -> missing.putIfAbsent(key.toLowerCase(Locale.ROOT), key));
    return List.copyOf(missing.values());
  }

  /** Only a resource's policy makes two accounts matter. */
  private String ownerOf(String arn) {
    String[] fields = arn.split(":", 6);
    if (resource.isEmpty()) {
      return account;
    }
    return fields.length > 4 && !fields[4].isEmpty() ? fields[4] : owner;
  }

  private boolean isForeign(String arn) {
    return !ownerOf(arn).equals(account);
  }

  /** Empty inside one account. */
  private ObjectNode details(String action, String arn) {
    ObjectNode details = Json.object();
    if (isForeign(arn)) {
      AccessQuery query = query(action, arn);
      details.put("IAM Policy", side(identity, query, false));
      details.put("Resource Policy", side(ofResource(action).stream().toList(), query, true));
    }
    return details;
  }

  private static String side(List<Source> sources, AccessQuery query, boolean ofResource) {
    if (sources.stream()
        .anyMatch(each -> PolicyInspection.denies(query, each.policy, ofResource))) {
      return DENY;
    }
    return sources.stream()
            .allMatch(each -> PolicyInspection.deciding(query, each.policy, ofResource).isEmpty())
        ? "implicitDeny"
        : "allowed";
  }

  /** The form of the ARNs that the action is for; a star when it is not known. */
  private String kind(String action) {
    List<String> forms =
        AuthorizationData.action(action).map(AuthorizationData.Action::resources).orElse(List.of());
    return forms.stream()
        .filter(form -> resources.stream().allMatch(arn -> fits(form, arn)))
        .findFirst()
        .or(() -> forms.stream().findFirst())
        .orElse(EVERYTHING)
        .replace("${BucketName}/${ObjectName}", "${BucketName}/${KeyName}");
  }

  private static boolean fits(String form, String arn) {
    String[] fields = form.split(":", 6);
    String[] given = arn.split(":", 6);
    boolean sameFields = fields.length == given.length && fields.length == 6;
    return sameFields
        && fields[2].equals(given[2])
        && fields[3].isEmpty() == given[3].isEmpty()
        && given[5].startsWith(fields[5].substring(0, Math.max(0, fields[5].indexOf('$'))));
  }
}
