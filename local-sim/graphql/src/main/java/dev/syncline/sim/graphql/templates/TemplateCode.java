// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.resolver.Evaluation;
import dev.syncline.sim.graphql.resolver.Evaluation.SkipTo;
import dev.syncline.sim.graphql.resolver.JavaValues;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import dev.syncline.sim.graphql.resolver.StepCode;
import dev.syncline.sim.vtl.TemplateException;
import dev.syncline.sim.vtl.TemplateResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The templates of a resolver or function. Thread-safe.
 *
 * @param request null to send the whole context
 * @param response null to give the data source's result back
 * @param plain does what templates that are missing would do
 */
record TemplateCode(
    ResolverTemplates templates,
    @Nullable String request,
    @Nullable String response,
    StepCode plain)
    implements StepCode {
  /** The response template of most resolvers, whose rendering and reading can be left out. */
  private static final Pattern WHOLE_RESULT =
      Pattern.compile("\\s*\\$!?\\{?utils?\\.toJson\\(\\$(ctx|context)\\.result\\)}?\\s*");

  private static final Pattern JSON_TEXT = Pattern.compile("\\s*([{\\[]|null\\s*$)");

  @Override
  public boolean isVersioned() {
    return request != null;
  }

  @Override
  public boolean mayBatch() {
    return request == null ? plain.mayBatch() : request.contains("Batch");
  }

  @Override
  public Evaluation request(ResolverContext context) {
    return request == null
        ? plain.request(context)
        : evaluate(request, context, TemplateJson.Reading.REQUEST);
  }

  @Override
  public Evaluation before(ResolverContext context) {
    return request == null
        ? plain.before(context)
        : evaluate(request, context, TemplateJson.Reading.LENIENT);
  }

  @Override
  public Evaluation response(ResolverContext context) {
    if (response == null) {
      return plain.response(context);
    }
    return WHOLE_RESULT.matcher(response).matches()
        ? new Evaluation.Produced(context.result())
        : evaluate(response, context, TemplateJson.Reading.RESPONSE);
  }

  private Evaluation evaluate(
      String template, ResolverContext context, TemplateJson.Reading reading) {
    try {
      return switch (templates.render(template, context)) {
        case TemplateResult.Rendered rendered ->
            new Evaluation.Produced(TemplateJson.read(rendered.text(), reading));
        case TemplateResult.Returned returned ->
            new Evaluation.Returned(returned(returned.value()), SkipTo.NEXT);
      };
    } catch (RaisedAbort raised) {
      return raised.evaluation();
    } catch (TemplateException failed) {
      return failed(TemplateTexts.of(failed));
    } catch (TemplateJson.NotJsonException malformed) {
      return failed(String.valueOf(malformed.getMessage()));
    } catch (IllegalArgumentException tooDeep) {
      return failed(TemplateTexts.TRANSFORMING + ": " + tooDeep.getMessage());
    }
  }

  /**
   * The value of {@code #return}. Amplify's templates return {@code $util.toJson(…)}: so the text
   * of an object, a list or null stands for that value.
   */
  private static JsonNode returned(@Nullable Object value) {
    if (value instanceof String text && JSON_TEXT.matcher(text).lookingAt()) {
      try {
        return TemplateJson.read(text, TemplateJson.Reading.REQUEST);
      } catch (TemplateJson.NotJsonException plain) {
        return JavaValues.json(text);
      }
    }
    return JavaValues.json(value);
  }

  private static Evaluation failed(String message) {
    return new Evaluation.Raised(FieldError.of("MappingTemplate", message));
  }
}
