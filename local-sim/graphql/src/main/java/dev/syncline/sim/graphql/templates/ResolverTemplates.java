// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.graphql.resolver.ResolverContext;
import dev.syncline.sim.graphql.resolver.StepCode;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.MatchBudget;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.vtl.TemplateDialect;
import dev.syncline.sim.vtl.TemplateEngine;
import dev.syncline.sim.vtl.TemplateException;
import dev.syncline.sim.vtl.TemplateLimits;
import dev.syncline.sim.vtl.TemplateResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the code of resolvers and functions from mapping templates, and renders templates. Velocity
 * is loaded with the first template that is rendered. Thread-safe.
 *
 * <p>Limits as AppSync's: 64 KB for a template, 5 MB for what it renders, 1000 rounds of a loop.
 */
public final class ResolverTemplates {
  /** The longest template, in characters. */
  public static final int MAX_TEMPLATE = 64 * 1024;

  /** The longest text that a template renders, in characters. */
  public static final int MAX_RENDERED = 5 * 1024 * 1024;

  private static final TemplateLimits LIMITS =
      new TemplateLimits(MAX_TEMPLATE, MAX_RENDERED, 30_000_000);

  private final SimClock clock;
  private final Ids ids;
  private final TemplateEngine engine =
      new TemplateEngine(LIMITS, BoundedPattern::requireCountable, TemplateDialect.APPSYNC);

  /**
   * Templates with a source of time and of random values.
   *
   * @param ids a stream of their own
   */
  public ResolverTemplates(SimClock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * The code of a resolver or function with templates.
   *
   * @param request null or blank for a direct Lambda resolver
   * @param response null or blank without a response template
   * @param maxBatchSize the configured size of a batch, 0 without one; a direct Lambda resolver
   *     batches if it is positive
   */
  public StepCode step(@Nullable String request, @Nullable String response, int maxBatchSize) {
    boolean direct = request == null || request.isBlank();
    StepCode plain = new DirectLambdaCode(maxBatchSize > 0);
    return new TemplateCode(
        this,
        direct ? null : request,
        response == null || response.isBlank() ? null : response,
        plain);
  }

  /**
   * The templates around the functions of a pipeline resolver.
   *
   * @param before null or blank for none
   * @param after null or blank for the result of the last function
   */
  public StepCode around(@Nullable String before, @Nullable String after) {
    return new TemplateCode(
        this,
        before == null || before.isBlank() ? "{}" : before,
        after == null || after.isBlank() ? null : after,
        new DirectLambdaCode(false));
  }

  /**
   * Checks that a template can be parsed.
   *
   * @throws TemplateException with the place of the error
   */
  public void check(String template) throws TemplateException {
    engine.check(template);
  }

  /**
   * Renders a template.
   *
   * @throws RaisedAbort when the template raises an error
   */
  TemplateResult render(String template, ResolverContext context) throws TemplateException {
    var run = new TemplateRun(context, clock, ids, new MatchBudget(MatchBudget.DEFAULT_STEPS));
    var util = new BoundFunctions(UtilFunctions.TABLE, run);
    LazyMap shown = TemplateContexts.of(context);
    return engine.evaluate(
        template,
        Map.of(
            "ctx",
            shown,
            "context",
            shown,
            "util",
            util,
            "utils",
            util,
            "extensions",
            new BoundFunctions(ExtensionFunctions.TABLE, run)));
  }
}
