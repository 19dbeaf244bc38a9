// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import graphql.GraphQLException;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import graphql.validation.rules.NoFragmentCycles;
import graphql.validation.rules.SubscriptionUniqueRootField;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Parses and validates documents and keeps the last ones. Thread-safe. */
final class Documents {
  private static final int MAX_DOCUMENTS = 1000;
  private static final int MAX_PLANNED_FIELDS = 200_000;
  private static final long MAX_CHARACTERS = 8L * 1024 * 1024;
  private static final int MAX_TOKENS = 15_000;
  private static final ParserOptions OPTIONS =
      ParserOptions.newParserOptions()
          .captureIgnoredChars(false)
          .captureLineComments(false)
          .readerTrackData(false)
          .maxCharacters(GraphqlRequests.MAX_BODY_BYTES)
          .maxTokens(MAX_TOKENS)
          .maxWhitespaceTokens(200_000)
          .maxRuleDepth(500)
          .build();

  private final GraphQLSchema schema;
  private final boolean introspection;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<String, PreparedDocument> known =
      new LinkedHashMap<>(64, 0.75f, true);
  private final AtomicInteger planned = new AtomicInteger();
  private long characters;

  Documents(GraphQLSchema schema, boolean introspection) {
    this.schema = schema;
    this.introspection = introspection;
  }

  PreparedDocument get(String text) {
    lock.lock();
    try {
      PreparedDocument found = known.get(text);
      if (found != null) {
        return found;
      }
    } finally {
      lock.unlock();
    }
    PreparedDocument prepared = prepare(text);
    keep(text, prepared);
    return prepared;
  }

  /** Forgets all documents when their plans have become large. */
  private void grow(int fields) {
    if (planned.addAndGet(fields) > MAX_PLANNED_FIELDS) {
      lock.lock();
      try {
        planned.set(0);
        characters = 0;
        known.clear();
      } finally {
        lock.unlock();
      }
    }
  }

  private void keep(String text, PreparedDocument prepared) {
    if (text.length() > MAX_CHARACTERS / 16) {
      return;
    }
    lock.lock();
    try {
      if (known.put(text, prepared) == null) {
        characters += text.length();
      }
      var oldest = known.entrySet().iterator();
      while (known.size() > MAX_DOCUMENTS || characters > MAX_CHARACTERS) {
        characters -= oldest.next().getKey().length();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private PreparedDocument prepare(String text) {
    if (DocumentText.hasHugeNumber(text)) {
      return new PreparedDocument.Malformed(
          GraphqlRefusal.unparsable(
              "A number has more than " + DocumentText.MAX_DIGITS + " digits."));
    }
    Document document;
    try {
      document =
          new Parser()
              .parseDocument(
                  ParserEnvironment.newParserEnvironment()
                      .document(text)
                      .parserOptions(OPTIONS)
                      .locale(Locale.ROOT)
                      .build());
    } catch (ParseCancelledTooDeepException tooDeep) {
      return new PreparedDocument.Malformed(GraphqlRefusal.unparsable("It is nested too deeply."));
    } catch (ParseCancelledException tooLarge) {
      return new PreparedDocument.Malformed(
          GraphqlRefusal.unparsable("It has more than " + MAX_TOKENS + " tokens."));
    } catch (GraphQLException | StackOverflowError unreadable) {
      return new PreparedDocument.Malformed(GraphqlRefusal.UNPARSABLE);
    }
    ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    try {
      addErrors(document, errors);
    } catch (TooLargeException tooLarge) {
      errors.add(ErrorNodes.request(String.valueOf(tooLarge.getMessage()), null));
    } catch (StackOverflowError tooDeep) {
      errors.add(ErrorNodes.request("The query is nested too deeply.", null));
    }
    if (!errors.isEmpty()) {
      return new PreparedDocument.Invalid(errors);
    }
    Map<String, PreparedOperation> operations = new LinkedHashMap<>();
    for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      GraphQLObjectType root = root(operation.getOperation());
      if (root != null) {
        operations.put(
            operation.getName() == null ? "" : operation.getName(),
            new PreparedOperation(schema, document, operation, root, this::grow));
      }
    }
    return new PreparedDocument.Valid(operations);
  }

  /**
   * Whether a rule of graphql-java is used. {@link FragmentCycles} takes the place of one, and
   * {@link Subscriptions} of another that fails for conditions with variables.
   */
  private static boolean isUsed(Class<?> rule) {
    return !rule.equals(NoFragmentCycles.class) && !rule.equals(SubscriptionUniqueRootField.class);
  }

  private void addErrors(Document document, ArrayNode shown) {
    FragmentCycles.check(document, shown);
    ExtraRules.check(document, schema.getQueryType().getName(), introspection, shown);
    for (ValidationError error :
        new Validator().validateDocument(schema, document, Documents::isUsed, Locale.ROOT)) {
      String text = ValidationTexts.of(error);
      if (text != null && !ExtraRules.covers(String.valueOf(error.getMessage()))) {
        shown.add(ErrorNodes.request(text, error.getLocations()));
      }
    }
  }

  private @Nullable GraphQLObjectType root(OperationDefinition.Operation operation) {
    return switch (operation) {
      case QUERY -> schema.getQueryType();
      case MUTATION -> schema.getMutationType();
      case SUBSCRIPTION -> schema.getSubscriptionType();
    };
  }
}
