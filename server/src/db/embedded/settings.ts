/**
 * PostgreSQL's settings for a small machine that it shares with Kith. What is answered has reached the
 * disk, as by PostgreSQL's own defaults.
 */
export const smallMachine = {
  cluster_name: 'kith',
  unix_socket_permissions: '0700',
  // Kith's own, and the command line's beside it.
  max_connections: '50',
  shared_buffers: '16MB',
  maintenance_work_mem: '32MB',
  // How much is read again after a crash, and how much disk that takes.
  min_wal_size: '32MB',
  max_wal_size: '128MB',
  // Nothing is copied to other servers.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  // No processes but those that everything needs: without these there are four more.
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  autovacuum: 'on',
  autovacuum_max_workers: '1',
  autovacuum_worker_slots: '1',
  jit: 'off',
  timezone: 'UTC',
  // To be read by Kith. Statements, and errors with the rows that they speak of, stay out of logs.
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  lc_messages: 'C',
}
