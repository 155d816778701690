using CsCheck;
using Microsoft.Data.Sqlite;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Tests.Data;

/// <summary>What is kept for later is carried out as what is carried out at once, down to the stored text.</summary>
public sealed class KeptChangesTests
{
    private const string Insert = "INSERT INTO T VALUES (?,?,?,?,?,?)";

    [Fact]
    public void Kept_values_are_stored_as_bound_values_are()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var statements = new SqliteStatements(connection.Handle!);
        statements["CREATE TABLE T (Id, At, Number, Words, Bytes, Other)"].Run();
        var rows = Gen.Select(Gen.Guid, Gen.DateTimeOffset, Gen.Long, Gen.String, Gen.Byte.Array[0, 40], Gen.Bool);
        rows.Array[1, 5].Sample(
            told =>
            {
                statements["DELETE FROM T"].Run();
                var kept = new KeptChanges();
                foreach (var row in told)
                {
                    Bind(statements[Insert], row);
                    Bind(kept[Insert], row);
                }

                KeptChanges.CarryOut(kept.Page, statements);
                var stored = statements["SELECT quote(Id) || quote(At) || quote(Number) || quote(Words) || quote(Bytes) || quote(Other) FROM T ORDER BY rowid"]
                    .Rows().Select(r => r.Text(0)).ToList();
                Assert.Equal(stored[..told.Length], stored[told.Length..]);
            },
            iter: 200, threads: 1);
    }

    [Fact]
    public void An_instant_is_stored_as_the_provider_stores_it()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var statements = new SqliteStatements(connection.Handle!);
        Gen.DateTimeOffset.Sample(
            at =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT $at";
                command.Parameters.AddWithValue("$at", at.UtcDateTime);
                Assert.Equal((string)command.ExecuteScalar()!, statements["SELECT ?"].Bind(at).Rows().Select(r => r.Text(0)).Single());
            },
            iter: 300, threads: 1);
    }

    private static void Bind<T>(BoundValues<T> to, (Guid Id, DateTimeOffset At, long Number, string Words, byte[] Bytes, bool Empty) row) where T : BoundValues<T>
    {
        to.Bind(row.Id).Bind(row.At).Bind(row.Number).Bind(row.Words).BindBytes(row.Bytes).Bind(row.Empty ? null : (Guid?)row.Id).Run();
    }
}
