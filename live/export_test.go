package live

// Parse reads what PostgreSQL says to the other replicas.
var Parse = parse
