// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon API Gateway HTTP APIs: the control plane as operations, the data plane as an endpoint.
 *
 * <p>Simulated: APIs, routes, integrations with Lambda (payload formats 1.0 and 2.0), with HTTP
 * servers and with operations of SQS, EventBridge and Step Functions, JWT and Lambda authorizers,
 * CORS, stages with automatic deployment, throttles and access logs, and the import of OpenAPI 3
 * documents. Not simulated, and refused by name: WebSocket APIs, authorization by IAM, VPC links,
 * custom domains, portals, models and TLS settings of integrations.
 *
 * <p>Sources: the API Gateway developer guide and API reference, and the service's published model.
 *
 * <p>Read {@code ApiGatewayV2Service} first, then a {@code NounOperations}, {@code HttpApi} and its
 * store. The data plane begins at {@code data.HttpApiEndpoint}.
 */
@NullMarked
package dev.syncline.sim.services.apigatewayv2;

import org.jspecify.annotations.NullMarked;
