// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.language.AstPrinter;
import graphql.language.AstTransformer;
import graphql.language.Directive;
import graphql.language.EnumTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.Node;
import graphql.language.NodeVisitorStub;
import graphql.language.ObjectTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import graphql.util.TreeTransformerUtil;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes a schema as SDL: the schema block, then interfaces, unions, objects, enums and inputs,
 * each kind by name, as graphql-java 9 prints them. Scalars and declarations of directives are left
 * out.
 */
final class SdlWriter {
  private static final List<String> OPERATIONS = List.of("query", "mutation", "subscription");

  private SdlWriter() {}

  /** The whole schema. */
  static String write(SchemaModel model, boolean withDirectives) {
    StringBuilder sdl = new StringBuilder("schema {\n");
    for (String operation : OPERATIONS) {
      String root = model.root(operation);
      if (root != null) {
        sdl.append("  ").append(operation).append(": ").append(root).append('\n');
      }
    }
    sdl.append("}\n");
    model.types().values().stream()
        .sorted(Comparator.comparing(SdlWriter::rank).thenComparing(TypeDefinition::getName))
        .forEach(type -> sdl.append('\n').append(write(type, withDirectives)).append('\n'));
    return sdl.toString();
  }

  /** One type. */
  static String write(TypeDefinition<?> type, boolean withDirectives) {
    Predicate<String> kept =
        name -> name.equals("deprecated") || withDirectives && AppSyncDirectives.isKnown(name);
    return AstPrinter.printAst(
        new AstTransformer()
            .transform(
                type,
                new NodeVisitorStub() {
                  @Override
                  public TraversalControl visitDirective(
                      Directive node, TraverserContext<Node> context) {
                    return kept.test(node.getName())
                        ? TraversalControl.CONTINUE
                        : TreeTransformerUtil.deleteNode(context);
                  }
                }));
  }

  private static int rank(TypeDefinition<?> type) {
    return switch (type) {
      case InterfaceTypeDefinition definition -> 0;
      case UnionTypeDefinition definition -> 1;
      case ObjectTypeDefinition definition -> 2;
      case EnumTypeDefinition definition -> 3;
      case InputObjectTypeDefinition definition -> 4;
      default -> 5;
    };
  }
}
