// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon API Gateway REST APIs: the control plane as operations, the data plane as an endpoint.
 *
 * <p>Simulated: integrations with functions, services and URLs through mapping templates, mocks,
 * Lambda authorizers, models and request validators, deployments as snapshots, stages with logs and
 * throttles, gateway responses, API keys and usage plans, OpenAPI import and export. Not simulated,
 * and refused by name: IAM and Cognito authorizers, VPC links, caches, custom domains, HTTP and
 * WebSocket APIs.
 *
 * <p>Sources: the API Gateway developer guide and API reference, and the service's published model.
 *
 * <p>Read {@code ApiGatewayService} first, then a {@code NounOperations}, {@code RestApi} and its
 * store. The data plane begins at {@code GatewayEndpoint}: {@code RouteNode} finds the method,
 * {@code GatewayRequestCheck} validates, {@code Integrations} answers by {@code RequestMapping}, a
 * backend and {@code ResponseMapping}, {@code GatewayRejection} is a response of the gateway
 * itself.
 */
@NullMarked
package dev.syncline.sim.services.apigateway;

import org.jspecify.annotations.NullMarked;
