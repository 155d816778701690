using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace VolunteerHub.Web.Data;

/// <summary>
/// Statements with their values, kept as bytes to be carried out at once or later. Each page names its statements by their text, so that it can
/// be carried out by a later version too, as long as nothing has changed the tables since.
/// </summary>
internal sealed class KeptChanges : BoundValues<KeptChanges>
{
    private const byte Null = 0;
    private const byte Number = 1;
    private const byte Characters = 2;
    private const byte Blob = 3;
    private const byte NewStatement = 4;
    private const byte KnownStatement = 5;
    private const byte End = 6;
    private const byte Identifier = 7;
    private const byte Instant = 8;

    private const int GuidBytes = 16;

    private readonly ArrayBufferWriter<byte> _page = new(64 * 1024);
    private readonly List<string> _statements = [];

    public bool Any => _page.WrittenCount > 0;

    public ReadOnlySpan<byte> Page => _page.WrittenSpan;

    /// <summary>Begins a statement; <see cref="Run"/> ends it.</summary>
    public KeptChanges this[string sql]
    {
        get
        {
            var known = _statements.IndexOf(sql);
            if (known < 0)
            {
                _statements.Add(sql);
                Write(NewStatement, Encoding.UTF8.GetBytes(sql));
            }
            else
            {
                var to = _page.GetSpan(2);
                (to[0], to[1]) = (KnownStatement, (byte)known);
                _page.Advance(2);
            }

            return this;
        }
    }

    /// <summary>Forgets what was kept.</summary>
    public void Clear()
    {
        _page.ResetWrittenCount();
        _statements.Clear();
    }

    public override KeptChanges Bind(long value) => Write(Number, value);

    public override KeptChanges Bind(Guid value)
    {
        var to = _page.GetSpan(1 + GuidBytes);
        to[0] = Identifier;
        value.TryWriteBytes(to[1..]);
        _page.Advance(1 + GuidBytes);
        return this;
    }

    public override KeptChanges Bind(DateTimeOffset value) => Write(Instant, value.UtcTicks);

    public override KeptChanges BindText(ReadOnlySpan<byte> value) => Write(Characters, value);

    public override KeptChanges BindBytes(ReadOnlySpan<byte> value) => Write(Blob, value);

    public override KeptChanges BindNull() => Write(Null);

    public override void Run() => Write(End);

    /// <summary>Carries out what a page keeps, in its order.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The database refused; what was done until then is done.</exception>
    public static void CarryOut(ReadOnlySpan<byte> page, SqliteStatements statements)
    {
        var known = new List<SqliteStatement>();
        SqliteStatement? now = null;
        while (!page.IsEmpty)
        {
            var kind = page[0];
            page = page[1..];
            switch (kind)
            {
                case NewStatement:
                    known.Add(now = statements[Encoding.UTF8.GetString(Sized(ref page))]);
                    break;
                case KnownStatement:
                    now = known[page[0]];
                    page = page[1..];
                    break;
                case Null:
                    now!.BindNull();
                    break;
                case Number:
                    now!.Bind(BinaryPrimitives.ReadInt64LittleEndian(page));
                    page = page[sizeof(long)..];
                    break;
                case Identifier:
                    now!.Bind(new Guid(page[..GuidBytes]));
                    page = page[GuidBytes..];
                    break;
                case Instant:
                    now!.Bind(new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(page), TimeSpan.Zero));
                    page = page[sizeof(long)..];
                    break;
                case Characters:
                    now!.BindText(Sized(ref page));
                    break;
                case Blob:
                    now!.BindBytes(Sized(ref page));
                    break;
                case End:
                    now!.Run();
                    break;
                default:
                    throw new InvalidDataException($"A page of the journal holds {kind}, which means nothing.");
            }
        }
    }

    private static ReadOnlySpan<byte> Sized(ref ReadOnlySpan<byte> page)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(page);
        var value = page.Slice(sizeof(int), length);
        page = page[(sizeof(int) + length)..];
        return value;
    }

    private KeptChanges Write(byte kind)
    {
        _page.GetSpan(1)[0] = kind;
        _page.Advance(1);
        return this;
    }

    private KeptChanges Write(byte kind, long value)
    {
        var to = _page.GetSpan(1 + sizeof(long));
        to[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(to[1..], value);
        _page.Advance(1 + sizeof(long));
        return this;
    }

    private KeptChanges Write(byte kind, ReadOnlySpan<byte> value)
    {
        var to = _page.GetSpan(1 + sizeof(int) + value.Length);
        to[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(to[1..], value.Length);
        value.CopyTo(to[(1 + sizeof(int))..]);
        _page.Advance(1 + sizeof(int) + value.Length);
        return this;
    }
}
