// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.io.Reader;
import java.io.StringReader;
import java.util.Set;
import org.apache.velocity.Template;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.runtime.parser.Token;
import org.apache.velocity.runtime.parser.node.ASTAddNode;
import org.apache.velocity.runtime.parser.node.ASTBlock;
import org.apache.velocity.runtime.parser.node.ASTDirective;
import org.apache.velocity.runtime.parser.node.ASTEQNode;
import org.apache.velocity.runtime.parser.node.ASTIntegerRange;
import org.apache.velocity.runtime.parser.node.ASTMap;
import org.apache.velocity.runtime.parser.node.ASTMulNode;
import org.apache.velocity.runtime.parser.node.ASTSubtractNode;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.jspecify.annotations.Nullable;

/**
 * Velocity, set up as AWS has it and without the directives that reach files. Each template that it
 * parses, those in text literals too, gets nodes that charge for what it does. Thread-safe.
 */
final class BoundedRuntime extends RuntimeInstance {
  private static final Set<String> REFUSED = Set.of("include", "parse", "evaluate");

  BoundedRuntime(TemplateDialect dialect) {
    if (dialect.returns()) {
      setProperty("runtime.custom_directives", ReturnDirective.class.getName());
    }
    setProperty("directive.foreach.max_loops", String.valueOf(dialect.loopRounds()));
    setProperty("directive.if.empty_check", "false");
    setProperty("parser.allow_hyphen_in_identifiers", "true");
    setProperty("parser.space_gobbling", "bc");
    setProperty("introspector.conversion_handler.class", "none");
    setProperty("introspector.uberspect.class", GuardedUberspect.class.getName());
    setProperty("velocimacro.inline.local_scope", "true");
    setProperty("velocimacro.library.path", "");
    setProperty("runtime.log.log_invalid_references", "false");
    setProperty("resource.loaders", "string");
    setProperty(
        "resource.loader.string.class",
        "org.apache.velocity.runtime.resource.loader.StringResourceLoader");
    init();
  }

  /** Parses a template, ready to be rendered. */
  Template template(String text) throws ParseException {
    var template = new Template();
    template.setName("template");
    template.setRuntimeServices(this);
    template.setData(parse(new StringReader(text), template));
    template.initDocument();
    return template;
  }

  @Override
  public SimpleNode parse(Reader reader, Template template) throws ParseException {
    SimpleNode parsed = super.parse(reader, template);
    watch(parsed);
    return parsed;
  }

  private static void watch(Node node) {
    for (int i = 0; i < node.jjtGetNumChildren(); i++) {
      Node child = node.jjtGetChild(i);
      watch(child);
      Watched.Kind kind = kind(node, child, i);
      if (kind != null) {
        var watched = new Watched(child, kind);
        watched.jjtSetParent(node);
        node.jjtAddChild(watched, i);
      }
    }
    if (node instanceof ASTDirective directive && REFUSED.contains(directive.getDirectiveName())) {
      Token first = directive.getFirstToken();
      throw new PositionedFault(
          "The directive #" + directive.getDirectiveName() + " is not available in templates",
          first.beginLine,
          first.beginColumn);
    }
    if (node instanceof ASTBlock block) {
      node.jjtAddChild(new BlockStep(block), node.jjtGetNumChildren());
    }
  }

  private static Watched.@Nullable Kind kind(Node parent, Node child, int index) {
    if (child instanceof ASTAddNode
        || child instanceof ASTSubtractNode
        || child instanceof ASTMulNode
        || child instanceof ASTIntegerRange) {
      return Watched.Kind.MADE;
    }
    if (parent instanceof ASTIntegerRange) {
      return Watched.Kind.RANGE_BOUND;
    }
    // Inequality is a kind of equality in Velocity's tree.
    boolean compared = parent instanceof ASTEQNode || (parent instanceof ASTMap && index % 2 == 0);
    return compared ? Watched.Kind.COMPARED : null;
  }

  /** A fault at a known place. */
  static final class PositionedFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    PositionedFault(String reason, int line, int column) {
      super(reason, null, false, false);
      this.line = line;
      this.column = column;
    }

    TemplateException exception() {
      return new TemplateException(String.valueOf(getMessage()), line, column);
    }
  }
}
