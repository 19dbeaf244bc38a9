// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.GraphQLException;
import graphql.language.Document;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A checked schema. Immutable and thread-safe; hold one and share it, because reading a schema
 * takes milliseconds.
 *
 * <p>Source of behaviour: graphql-java 9 where AppSync's texts show it, reports of users for
 * AppSync's own rules.
 */
public final class ApiSchema {
  private final String text;
  private final Document document;
  private final SchemaModel model;
  private final GraphQLSchema graphql;
  private final AuthorizationRules authorization;
  private final Map<String, List<String>> subscriptions;

  private ApiSchema(
      String text,
      Document document,
      SchemaModel model,
      GraphQLSchema graphql,
      Map<String, List<String>> subscriptions) {
    this.text = text;
    this.document = document;
    this.model = model;
    this.graphql = graphql;
    this.authorization = new AuthorizationRules(model);
    this.subscriptions = subscriptions;
  }

  /**
   * Reads and checks a schema of at most 1 MB.
   *
   * @throws SchemaException with AppSync's text when it is refused
   */
  public static ApiSchema parse(String sdl) throws SchemaException {
    Document document = SdlReader.read(sdl);
    SchemaModel model = SchemaModel.of(document);
    SchemaChecks.check(model);
    Map<String, List<String>> subscriptions = SubscriptionTriggers.read(model);
    SchemaCost.check(model);
    try {
      return new ApiSchema(sdl, document, model, ExecutableSchema.of(model), subscriptions);
    } catch (GraphQLException refused) {
      // The first line is a heading.
      throw SchemaTexts.rules(String.valueOf(refused.getMessage()).lines().skip(1).toList());
    }
  }

  /** The text as received. */
  public String text() {
    return text;
  }

  /**
   * The schema for validation, without data fetchers. Abstract types resolve by {@code __typename}
   * of the value, a JSON node or map. AppSync's directives are declared and not applied; built-in
   * scalars are graphql-java's own (see {@link ApiScalars}).
   */
  public GraphQLSchema graphql() {
    return graphql;
  }

  /**
   * The schema for execution.
   *
   * @param wiring adds data fetchers, and replaces type resolvers where it likes
   */
  public GraphQLSchema graphql(Consumer<GraphQLCodeRegistry.Builder> wiring) {
    return graphql.transformWithoutTypes(
        schema -> schema.codeRegistry(graphql.getCodeRegistry().transform(wiring)));
  }

  /**
   * Who may see a field of an object type, as the field's directives say, or its type's when it has
   * none.
   *
   * @param awsAuthCounts whether the user pool is the API's sole mode; otherwise {@code @aws_auth}
   *     is as if it were not written
   */
  public FieldRules rules(String type, String field, boolean awsAuthCounts) {
    return authorization.of(type, field, awsAuthCounts);
  }

  /** The fields of the subscription type, each with the names of the mutations that trigger it. */
  public Map<String, List<String>> subscriptions() {
    return subscriptions;
  }

  /** How many types the schema defines. */
  public int typeCount() {
    return model.types().size();
  }

  /** Whether a type is defined. */
  public boolean hasType(String type) {
    return model.types().containsKey(type);
  }

  /** Whether an object type or interface has a field. */
  public boolean hasField(String type, String field) {
    return graphql.getType(type) instanceof GraphQLFieldsContainer known
        && graphql.getCodeRegistry().getFieldVisibility().getFieldDefinition(known, field) != null;
  }

  /** The schema as SDL, without scalars; {@code withDirectives} keeps AppSync's directives. */
  public String toSdl(boolean withDirectives) {
    return (withDirectives ? SdlWriter.KNOWN : SdlWriter.PLAIN).schema(model);
  }

  /**
   * The schema as the result of an introspection query, an object with the member {@code data}.
   * AppSync's scalars are listed when they are used.
   *
   * @param withDirectives whether AppSync's directives are declared in it
   */
  public ObjectNode toIntrospection(boolean withDirectives) {
    return IntrospectionWriter.write(graphql, withDirectives);
  }

  /** The parsed text. */
  Document document() {
    return document;
  }

  /** What was read. */
  SchemaModel model() {
    return model;
  }
}
