// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Looks up the placeholders of one expression and remembers its paths.
 *
 * @param paths all paths that were looked up
 */
record Resolver(ExpressionKind kind, ExpressionScope scope, Set<DocumentPath> paths) {
  Resolver(ExpressionKind kind, ExpressionScope scope) {
    this(kind, scope, new LinkedHashSet<>());
  }

  /** The path with its names. */
  DocumentPath path(Syntax.Path path) {
    var steps = new ArrayList<DocumentPath.Step>();
    for (Syntax.Step step : path.steps()) {
      steps.add(
          switch (step) {
            case Syntax.Step.Name name ->
                new DocumentPath.Name(
                    name.isPlaceholder() ? scope.name(name.text(), kind) : name.text());
            case Syntax.Step.Index index -> new DocumentPath.Index(SyntaxChecks.index(index, kind));
          });
    }
    var resolved = new DocumentPath(steps);
    paths.add(resolved);
    return resolved;
  }

  AttributeValue value(Syntax.Value value) {
    return scope.value(value.text(), kind);
  }
}
