// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import java.util.List;
import java.util.Map;

/** The arguments of each intrinsic function, in the words of CloudFormation's errors. */
final class FunctionShapes {
  /** Functions of AWS that the simulator does not have. */
  private static final List<String> OF_AWS =
      List.of(
          "Fn::Cidr",
          "Fn::GetAZs",
          "Fn::GetStackOutput",
          "Fn::Length",
          "Fn::ToJsonString",
          "Fn::Transform");

  private static final List<String> SUPPORTED =
      List.of(
          "Fn::Base64",
          "Fn::GetAtt",
          "Fn::Sub",
          "Fn::Join",
          "Fn::Select",
          "Fn::Split",
          "Fn::FindInMap",
          "Fn::ImportValue",
          "Fn::If",
          "Fn::Equals",
          "Fn::And",
          "Fn::Or",
          "Fn::Not");

  private static final Map<String, String> RULES =
      Map.ofEntries(
          Map.entry(
              "Fn::Join",
              "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list"
                  + " of strings to be joined or a function that returns a list of strings (such as"
                  + " Fn::GetAZs) to be joined."),
          Map.entry(
              "Fn::Select",
              "Fn::Select requires a list argument with two elements: an integer index and a list"),
          Map.entry(
              "Fn::Split",
              "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a"
                  + " string to be split or a function that returns a string to be split."),
          Map.entry(
              "Fn::FindInMap",
              "every Fn::FindInMap object requires three parameters, the map name, map key and the"
                  + " attribute for return value"),
          Map.entry("Fn::If", "Fn::If requires a list argument with three elements"),
          Map.entry(
              "Fn::Equals", "every Fn::Equals object requires a list of 2 string parameters."),
          Map.entry("Fn::Not", "every Fn::Not object requires one boolean parameter."),
          Map.entry(
              "Fn::And",
              "every Fn::And object requires a list of at least 2 and at most 10 boolean"
                  + " parameters."),
          Map.entry(
              "Fn::Or",
              "every Fn::Or object requires a list of at least 2 and at most 10 boolean"
                  + " parameters."),
          Map.entry("Fn::Base64", "every Fn::Base64 object must have a String-typed value."),
          Map.entry(
              "Fn::Sub",
              "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a"
                  + " string as first argument, and an optional second argument to specify a"
                  + " mapping of values to replace in the string"));

  private FunctionShapes() {}

  /** The error of a function whose argument has a wrong form; a value of another type is named. */
  static TemplateException wrong(String what) {
    String rule = RULES.get(what);
    return new TemplateException(
        "Template error: " + (rule == null ? what + " must give a string" : rule));
  }

  /** The error text for a function that the simulator does not support. */
  static String unknown(String name) {
    if (OF_AWS.contains(name) || name.startsWith("Fn::ForEach")) {
      return "Template error: local-sim does not support the function " + name + ", which AWS has";
    }
    return "Template error: Encountered unsupported function: "
        + name
        + " Supported functions are: "
        + SUPPORTED;
  }
}
