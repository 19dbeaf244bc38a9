// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The parts of an item that a reader asks for. Immutable. */
public final class ProjectionExpression {
  private final List<DocumentPath> paths;
  private final PathSet set;

  private ProjectionExpression(List<DocumentPath> paths) {
    this.paths = List.copyOf(paths);
    this.set = new PathSet(paths);
  }

  /**
   * Reads a {@code ProjectionExpression}.
   *
   * @throws ValidationFault in AWS's words, also for paths that overlap or conflict
   */
  public static ProjectionExpression parse(String text, ExpressionScope scope) {
    ExpressionKind kind = ExpressionKind.PROJECTION;
    List<Syntax.Path> syntax = UpdateParser.paths(text);
    var checks = new SyntaxChecks(kind, false);
    syntax.forEach(checks::add);
    checks.requirePathLimits();
    checks.requireNoReservedWords();
    var resolver = new Resolver(kind, scope);
    List<DocumentPath> paths = syntax.stream().map(resolver::path).toList();
    PathSet.requireDisjoint(kind, paths);
    return new ProjectionExpression(paths);
  }

  /** The legacy {@code AttributesToGet}: names of attributes, without paths. */
  public static ProjectionExpression ofAttributes(List<String> names) {
    return new ProjectionExpression(names.stream().map(DocumentPath::of).toList());
  }

  /** Paths that are known not to overlap. */
  public static ProjectionExpression ofPaths(List<DocumentPath> paths) {
    return new ProjectionExpression(paths);
  }

  /** What the paths name, inside its parents; elements of lists move together. */
  public Item apply(Item item) {
    return set.select(item);
  }

  /** The paths, in the order of the text. */
  public List<DocumentPath> paths() {
    return paths;
  }

  /** The attributes that the paths start with. */
  public Set<String> topLevelAttributes() {
    return paths.stream()
        .map(DocumentPath::attribute)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The attributes below which a path leads: keys may not be among them. */
  public Set<String> nestedAttributes() {
    return paths.stream()
        .filter(DocumentPath::isNested)
        .map(DocumentPath::attribute)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
