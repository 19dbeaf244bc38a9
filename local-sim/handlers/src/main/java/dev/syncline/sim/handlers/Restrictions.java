// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.oracle.js.parser.Lexer;
import com.oracle.js.parser.Source;
import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.AccessNode;
import com.oracle.js.parser.ir.BaseNode;
import com.oracle.js.parser.ir.BinaryNode;
import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.ClassNode;
import com.oracle.js.parser.ir.ContinueNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.ForNode;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.ImportClauseNode;
import com.oracle.js.parser.ir.ImportNode;
import com.oracle.js.parser.ir.ImportSpecifierNode;
import com.oracle.js.parser.ir.LabelNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.LiteralNode;
import com.oracle.js.parser.ir.NamedImportsNode;
import com.oracle.js.parser.ir.Node;
import com.oracle.js.parser.ir.ReturnNode;
import com.oracle.js.parser.ir.ThrowNode;
import com.oracle.js.parser.ir.TryNode;
import com.oracle.js.parser.ir.UnaryNode;
import com.oracle.js.parser.ir.VarNode;
import com.oracle.js.parser.ir.WhileNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds constructs that APPSYNC_JS refuses: the statements, operators and functions that the
 * runtime's page of supported features and AWS's lint rules name. For one use, by one thread.
 */
final class Restrictions extends NodeVisitor<LexicalContext> {
  private static final String UTILS = ModuleFiles.UTILS;
  private static final Set<String> UTILS_EXPORTS = Set.of("util", "runtime", "extensions");
  private static final Set<String> DYNAMODB_EXPORTS =
      Set.of(
          "get",
          "put",
          "update",
          "remove",
          "query",
          "scan",
          "sync",
          "batchGet",
          "batchPut",
          "batchDelete",
          "transactGet",
          "transactWrite",
          "operations",
          "toStringSet",
          "toNumberSet",
          "toBinarySet");
  private static final Set<String> FUNCTION_METHODS = Set.of("apply", "bind", "call");

  /** The methods of lists that take functions; AWS's lint rule has this list. */
  private static final Set<String> TAKING_FUNCTIONS =
      Set.of(
          "map",
          "find",
          "filter",
          "findIndex",
          "findLast",
          "findLastIndex",
          "forEach",
          "reduce",
          "reduceRight",
          "every",
          "some",
          "flatMap");

  private static final Set<String> CALLED =
      Set.of("onPublish", "onSubscribe", "request", "response");
  private static final Set<TokenType> OPERATORS =
      EnumSet.of(
          TokenType.INCPREFIX,
          TokenType.INCPOSTFIX,
          TokenType.DECPREFIX,
          TokenType.DECPOSTFIX,
          TokenType.BIT_NOT,
          TokenType.AWAIT,
          TokenType.YIELD,
          TokenType.YIELD_STAR);

  private final Source source;
  private final CodeKind kind;
  private final List<CodeError> found = new ArrayList<>();
  private final Deque<Scope> scopes = new ArrayDeque<>();
  private final CallGraph calls = new CallGraph();
  private final Set<String> functions = new HashSet<>();
  private final List<Passed> passed = new ArrayList<>();
  private String declaring = "";

  /** An argument of a method that takes no functions. */
  private record Passed(CallNode node, Expression argument) {}

  /**
   * The visited function.
   *
   * @param name empty for the module and for an anonymous function
   * @param context its name of {@code ctx}, empty for functions that AppSync does not call
   */
  private record Scope(String name, String context) {}

  Restrictions(Source source, CodeKind kind) {
    super(new LexicalContext());
    this.source = source;
    this.kind = kind;
  }

  void visitModule(FunctionNode module) {
    module.getModule().getImports().forEach(this::visitImport);
    module.accept(this);
    passed.stream()
        .filter(pass -> isFunction(pass.argument()))
        .forEach(
            pass ->
                refuse(
                    pass.node(),
                    "@aws-appsync/no-function-passing: Functions can not be passed as an"
                        + " argument"));
    calls
        .circles()
        .forEach(
            call ->
                unsupported(call.node(), "recursion ('" + call.callee() + "' leads back to here)"));
  }

  private boolean isFunction(Expression argument) {
    return argument instanceof FunctionNode
        || argument instanceof IdentNode ident && functions.contains(ident.getName());
  }

  List<CodeError> found() {
    return found;
  }

  private void visitImport(ImportNode node) {
    String from = node.getModuleSpecifier().getString();
    boolean dynamoDb = kind == CodeKind.GRAPHQL && from.equals(ModuleFiles.DYNAMODB);
    if (!from.equals(UTILS) && !dynamoDb) {
      refuse(
          node,
          from.startsWith(UTILS + "/")
              ? "the simulator does not support the module '" + from + "'"
              : "cannot find the module '" + from + "'; handlers import from '" + UTILS + "'");
      return;
    }
    ImportClauseNode clause = node.getImportClause();
    if (clause == null) {
      return;
    }
    if (clause.getDefaultBinding() != null || clause.getNameSpaceImport() != null && !dynamoDb) {
      refuse(
          node,
          dynamoDb
              ? "'" + from + "' has no default export"
              : "import { util, runtime, extensions } from '" + UTILS + "' by name");
      return;
    }
    if (clause.getNamedImports() != null) {
      requireExports(clause.getNamedImports(), from, dynamoDb ? DYNAMODB_EXPORTS : UTILS_EXPORTS);
    }
  }

  private void requireExports(NamedImportsNode named, String from, Set<String> exports) {
    for (ImportSpecifierNode specifier : named.getImportSpecifiers()) {
      String name =
          specifier.getIdentifier() == null
              ? specifier.getBindingIdentifier().getName()
              : specifier.getIdentifier().getPropertyName();
      if (!exports.contains(name)) {
        refuse(specifier, "'" + from + "' has no export named '" + name + "'");
      }
    }
  }

  @Override
  public boolean enterForNode(ForNode node) {
    if (!node.isForInOrOf()) {
      unsupported(node, "for statements other than for-in and for-of");
    }
    return true;
  }

  @Override
  public boolean enterWhileNode(WhileNode node) {
    unsupported(node, node.isDoWhile() ? "do-while statements" : "while statements");
    return true;
  }

  @Override
  public boolean enterContinueNode(ContinueNode node) {
    unsupported(node, "continue statements");
    return true;
  }

  @Override
  public boolean enterLabelNode(LabelNode node) {
    unsupported(node, "labels");
    return true;
  }

  @Override
  public boolean enterTryNode(TryNode node) {
    unsupported(node, "try statements");
    return true;
  }

  @Override
  public boolean enterThrowNode(ThrowNode node) {
    if (!node.isSyntheticRethrow()) {
      unsupported(node, "throw statements (call util.error)");
    }
    return true;
  }

  @Override
  public boolean enterClassNode(ClassNode node) {
    unsupported(node, "classes");
    return true;
  }

  @Override
  public boolean enterUnaryNode(UnaryNode node) {
    // The parser itself puts a yield at the beginning of every module.
    boolean begins = node.tokenType() == TokenType.YIELD && scopes.size() == 1;
    if (OPERATORS.contains(node.tokenType()) && !begins) {
      unsupported(node, "the operator " + name(node.tokenType()));
    }
    if (node.tokenType() == TokenType.DELETE) {
      requireOwn(node, node.getExpression());
    }
    return true;
  }

  @Override
  public boolean enterBinaryNode(BinaryNode node) {
    if (node.tokenType() == TokenType.IN) {
      unsupported(node, "the operator in (use Object.hasOwn)");
    }
    if (node.tokenType() == TokenType.INSTANCEOF) {
      unsupported(node, "the operator instanceof");
    }
    if (node.isAssignment()) {
      requireOwn(node, node.getAssignmentDest());
    }
    return true;
  }

  /** The context and its members are read-only; values inside of them may be written. */
  private void requireOwn(Node node, Expression target) {
    Expression base = target instanceof BaseNode member ? member.getBase() : target;
    if (base instanceof IdentNode ident
        && scopes.stream().anyMatch(scope -> scope.context().equals(ident.getName()))) {
      unsupported(node, "assigning to the context or to its members");
    }
  }

  @Override
  public boolean enterIdentNode(IdentNode node) {
    if (node.isThis()) {
      unsupported(node, "this");
    }
    return true;
  }

  @Override
  public boolean enterReturnNode(ReturnNode node) {
    if (node.getExpression() instanceof FunctionNode) {
      unsupported(node, "functions as results of functions");
    }
    return true;
  }

  @Override
  public boolean enterLiteralNode(LiteralNode<?> node) {
    if (node.getValue() instanceof Lexer.RegexToken) {
      unsupported(node, "regular expression literals (use util.matches)");
    }
    return true;
  }

  @Override
  public boolean enterVarNode(VarNode node) {
    declaring = node.getName().getName();
    if (node.getInit() instanceof FunctionNode) {
      functions.add(declaring);
    }
    return true;
  }

  @Override
  public boolean enterFunctionNode(FunctionNode node) {
    boolean module = scopes.isEmpty();
    if (node.isAsync() && !module) {
      unsupported(node, "async functions");
    }
    if (node.isGenerator() && !module) {
      unsupported(node, "generator functions");
    }
    String name = module ? "" : node.isAnonymous() ? declaring : node.getName();
    boolean called = CALLED.contains(name) && !node.getParameters().isEmpty();
    scopes.push(new Scope(name, called ? node.getParameters().getFirst().getName() : ""));
    declaring = "";
    return true;
  }

  @Override
  public Node leaveFunctionNode(FunctionNode node) {
    scopes.pop();
    return node;
  }

  @Override
  public boolean enterCallNode(CallNode node) {
    Expression function = node.getFunction();
    if (node.isImport()) {
      unsupported(node, "dynamic imports");
    }
    if (function instanceof AccessNode access && FUNCTION_METHODS.contains(access.getProperty())) {
      unsupported(node, "Function.prototype." + access.getProperty());
    }
    if (kind == CodeKind.GRAPHQL
        && function instanceof AccessNode access
        && !TAKING_FUNCTIONS.contains(access.getProperty())) {
      node.getArgs().forEach(argument -> passed.add(new Passed(node, argument)));
    }
    if (function instanceof IdentNode ident) {
      scopes.stream()
          .map(Scope::name)
          .filter(name -> !name.isEmpty())
          .findFirst()
          .ifPresent(caller -> calls.add(caller, ident.getName(), node));
      if (scopes.stream().anyMatch(scope -> scope.name().equals(ident.getName()))) {
        unsupported(node, "recursion ('" + ident.getName() + "' calls itself)");
      }
      if (node.getArgs().stream().anyMatch(FunctionNode.class::isInstance)) {
        unsupported(node, "functions as arguments, except of built-in functions");
      }
    }
    return true;
  }

  private static String name(TokenType operator) {
    return switch (operator) {
      case INCPREFIX, INCPOSTFIX -> "++";
      case DECPREFIX, DECPOSTFIX -> "--";
      default -> String.valueOf(operator.getName());
    };
  }

  private void unsupported(Node node, String what) {
    refuse(node, "APPSYNC_JS does not support " + what);
  }

  private void refuse(Node node, String message) {
    int span = Math.max(1, node.getFinish() - node.getStart());
    found.add(CodeCheck.error("UNSUPPORTED_SYNTAX_TYPE", source, node.getStart(), span, message));
  }
}
