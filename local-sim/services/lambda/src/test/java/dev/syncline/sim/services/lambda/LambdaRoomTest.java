// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;
import java.util.Set;

class LambdaRoomTest extends ServiceContractTest {
  /** A package with one empty file. */
  private static final String ZIP =
      "UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAFAAAAZW1wdHlQSwECFAMUAAAAAAAAACEAAAAAAAAAAAAA"
          + "AAAABQAAAAAAAAAAAAAAgAEAAAAAZW1wdHlQSwUGAAAAAAEAAQAzAAAAIwAAAAAA";

  @Override
  protected List<Call> creations() {
    return List.of(
        new Call(
            "CreateFunction",
            "{'FunctionName':'f','Runtime':'java21','Handler':'a.B::c',"
                + "'Role':'arn:aws:iam::111111111111:role/r','Code':{'ZipFile':'"
                + ZIP
                + "'}}"),
        new Call("PublishVersion", "{'FunctionName':'f'}"),
        new Call("CreateAlias", "{'FunctionName':'f','Name':'live','FunctionVersion':'1'}"));
  }

  @Override
  protected List<Call> readings() {
    return List.of(
        new Call("ListFunctions", "{}"),
        new Call("GetFunctionConfiguration", "{'FunctionName':'f'}"),
        new Call("ListVersionsByFunction", "{'FunctionName':'f'}"),
        new Call("GetAlias", "{'FunctionName':'f','Name':'live'}"));
  }

  /** The trace header, and the parameter that tells the path from another, are on the wire only. */
  @Override
  protected Set<String> ownMembers() {
    return Set.of("Invoke.TraceId", "ListProvisionedConcurrencyConfigs.List");
  }
}
