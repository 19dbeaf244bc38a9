// SPDX-License-Identifier: Apache-2.0
/**
 * AWS AppSync: the control plane as operations, the data plane as two endpoints of the port. {@code
 * dev.syncline.sim.events} decides on authorization and delivery.
 *
 * <p>Simulated: Event APIs with channel namespaces, handlers in APPSYNC_JS, publishing over HTTP
 * and WebSocket and subscriptions; GraphQL APIs; API keys, tags, data sources and custom domain
 * names of both; all authorization modes. Not simulated: merged APIs, introspection of data
 * sources, and the data source types that {@code DataSource} stores only.
 *
 * <p>Sources: the AppSync Events developer guide, the service's published model, and observations
 * that the classes name.
 *
 * <p>Read {@code AppSyncService} first, then a {@code NounOperations}, {@code ApiRecord} and {@code
 * ApiStore}. The data plane begins at {@code PublishEndpoint} and {@code RealtimeEndpoint}; both
 * end in {@code PublishGate} and {@code Broadcaster}. Journal events are in {@code AppSyncJournal},
 * not {@code AppSyncEvents}, because the service has that name; fault places are in {@code
 * EventsFaults}.
 */
@NullMarked
package dev.syncline.sim.services.appsync;

import org.jspecify.annotations.NullMarked;
