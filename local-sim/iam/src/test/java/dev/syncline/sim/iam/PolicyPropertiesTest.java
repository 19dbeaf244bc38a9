// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Properties of evaluation on random policies and requests, with fixed seeds. */
class PolicyPropertiesTest {
  private static final int CASES = 20_000;

  private static Decision decide(AccessQuery query, PolicySources sources) {
    return PolicyEngine.decide(query, sources);
  }

  private static String outcome(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed -> "allow";
      case Decision.ExplicitDeny deny -> "deny " + deny.by().kind();
      case Decision.ImplicitDeny deny -> "missing " + deny.missing();
    };
  }

  /** Adds a statement to the policy of a kind; a kind without a policy gets none. */
  private static PolicySources with(PolicySources had, PolicyKind kind, String statement) {
    UnaryOperator<Policy> more =
        policy -> {
          String document = policy.document();
          int end = document.lastIndexOf(']');
          return Policy.parse(
              policy.name(),
              document.substring(0, end)
                  + ","
                  + statement.replace('\'', '"')
                  + document.substring(end));
        };
    return new PolicySources(
        kind == PolicyKind.IDENTITY ? had.identity().stream().map(more).toList() : had.identity(),
        kind == PolicyKind.BOUNDARY ? had.boundary().map(more) : had.boundary(),
        kind == PolicyKind.SESSION
            ? had.session().map(list -> list.stream().map(more).toList())
            : had.session(),
        kind == PolicyKind.RESOURCE ? had.resource().map(more) : had.resource(),
        had.resourceMustAllow());
  }

  private static PolicySources limits(
      PolicySources had, Optional<Policy> boundary, Optional<List<Policy>> session) {
    return new PolicySources(
        had.identity(), boundary, session, had.resource(), had.resourceMustAllow());
  }

  @Test
  void theEngineDecidesAsTheDocumentationReads() {
    RandomPolicies random = new RandomPolicies(16);
    Map<String, Integer> outcomes = new HashMap<>();
    for (int left = CASES; left > 0; left--) {
      AccessQuery query = random.query();
      PolicySources sources = random.sources();
      String outcome = outcome(decide(query, sources));

      assertThat(outcome)
          .as("%s %s", query, sources.identity().stream().map(Policy::document).toList())
          .isEqualTo(new NaiveEvaluator(query, sources).decision());
      outcomes.merge(outcome, 1, Integer::sum);
    }
    assertThat(outcomes).as("every outcome occurs").hasSize(9);
  }

  @Test
  void anAllowMoreNeverRefuses() {
    oneMore("Allow", 17, (before, after) -> after.allowed() || !before.allowed());
  }

  @Test
  void aDenyMoreNeverAllows() {
    oneMore("Deny", 18, (before, after) -> before.allowed() || !after.allowed());
  }

  /** Adds a statement to each kind of policy; the decisions before and after must fit. */
  private static void oneMore(String effect, long seed, BiPredicate<Decision, Decision> fits) {
    RandomPolicies random = new RandomPolicies(seed);
    Set<PolicyKind> changed = EnumSet.noneOf(PolicyKind.class);
    for (int left = CASES; left > 0; left--) {
      AccessQuery query = random.query();
      PolicySources sources = random.sources();
      Decision before = decide(query, sources);
      for (PolicyKind kind : PolicyKind.values()) {
        String more = random.statement(effect, kind == PolicyKind.RESOURCE);
        Decision after = decide(query, with(sources, kind, more));
        assertThat(fits.test(before, after)).as("%s %s", query, more).isTrue();
        if (after.allowed() != before.allowed()) {
          changed.add(kind);
        }
      }
    }
    assertThat(changed).hasSize(PolicyKind.values().length);
  }

  @Test
  void theOrderOfStatementsAndPoliciesIsIrrelevant() {
    RandomPolicies random = new RandomPolicies(19);
    Random order = new Random(20);
    for (int left = CASES; left > 0; left--) {
      AccessQuery query = random.query();
      List<String> statements = new ArrayList<>();
      List<String> ofResource = new ArrayList<>();
      for (int index = 0; index < 4; index++) {
        statements.add(random.statement(random.chance(85) ? "Allow" : "Deny", false));
        ofResource.add(random.statement(random.chance(85) ? "Allow" : "Deny", true));
      }
      PolicySources sources = inOrder(statements, ofResource);
      String before = outcome(decide(query, sources));
      Collections.shuffle(statements, order);
      Collections.shuffle(ofResource, order);

      assertThat(outcome(decide(query, inOrder(statements, ofResource)))).isEqualTo(before);
    }
  }

  private static PolicySources inOrder(List<String> statements, List<String> ofResource) {
    return new PolicySources(
        List.of(
            RandomPolicies.policy(statements.subList(0, 2)),
            RandomPolicies.policy(statements.subList(2, 4))),
        Optional.empty(),
        Optional.empty(),
        Optional.of(RandomPolicies.policy(ofResource)),
        false);
  }

  @Test
  void boundaryAndSessionOnlyShrink() {
    RandomPolicies random = new RandomPolicies(21);
    int shrunk = 0;
    for (int left = CASES; left > 0; left--) {
      AccessQuery query = random.query();
      PolicySources sources = limits(random.sources(), Optional.empty(), Optional.empty());
      boolean before = decide(query, sources).allowed();
      Optional<Policy> boundary = Optional.of(random.policy(false));
      Optional<List<Policy>> session = Optional.of(List.of(random.policy(false)));

      boolean bounded = decide(query, limits(sources, boundary, Optional.empty())).allowed();
      boolean both = decide(query, limits(sources, boundary, session)).allowed();
      assertThat(before || !bounded).isTrue();
      assertThat(bounded || !both).isTrue();
      shrunk += before && !both ? 1 : 0;
    }
    assertThat(shrunk).isPositive();
  }
}
