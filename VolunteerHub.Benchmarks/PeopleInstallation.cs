using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Data.Configurations;
using VolunteerHub.Web.Data.Interceptors;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Benchmarks;

/// <summary>A temporary installation with many people as a community has them: common and rare names, teams, tags, qualifications, languages.</summary>
internal sealed class PeopleInstallation : IAsyncDisposable
{
    private const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
    private const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红鹏宇浩然子轩梓涵欣怡佳琪文博志远建国淑珍凤琴海燕春梅国栋晓峰雪莲思雨俊豪天佑美玲永福长河";

    private static readonly string[] Codes = ["health", "care", "policy", "safety", "culture", "law", "party", "mediation"];

    private readonly WebApplication _app;
    private readonly string _directory;

    private PeopleInstallation(WebApplication app, string directory, Actor coordinator) => (_app, _directory, Coordinator) = (app, directory, coordinator);

    public Actor Coordinator { get; }

    /// <summary>Services for one who is there for a while, as a circuit has them.</summary>
    public AsyncServiceScope Scope() => _app.Services.CreateAsyncScope();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="people">How many.</param>
    /// <param name="also">What a measurement needs beside the installation's own services.</param>
    public static async Task<PeopleInstallation> CreateAsync(int people, Action<IServiceCollection>? also = null)
    {
        var directory = Directory.CreateTempSubdirectory("volunteerhub-bench-").FullName;
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["VolunteerHub:DataDirectory"] = directory });
        builder.Logging.ClearProviders();
        builder.AddHubData();
        builder.Services.AddHubTexts();
        builder.Services.AddJobs();
        also?.Invoke(builder.Services);
        var app = builder.Build();
        // A new installation makes its key before its database.
        var phones = app.Services.GetRequiredService<PhoneProtector>();
        await app.Services.GetRequiredService<DatabaseStart>().RunAsync();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<HubDbContext>>().CreateDbContextAsync();
        var community = new Community("Benchmark", "Benchmark", "Asia/Shanghai", isDemo: false);
        Team[] teams = [.. Codes.Select((code, order) => new Team(code, code, "T", null, false, order))];
        var role = new IdentityRole<Guid>(Roles.Coordinator) { Id = Guid.CreateVersion7(), NormalizedName = Roles.Coordinator.ToUpperInvariant() };
        var coordinator = new Volunteer("2015-0001", "赵敏", VolunteerKind.Member, null, new DateOnly(2020, 1, 1));
        var account = new Account { Id = Guid.CreateVersion7(), UserName = coordinator.Number, VolunteerId = coordinator.Id };
        db.AddRange(community, role, coordinator, account, new IdentityUserRole<Guid> { UserId = account.Id, RoleId = role.Id });
        db.AddRange(teams.AsEnumerable());
        await db.SaveChangesAsync();
        await FillAsync(db, phones, teams, people);
        app.Services.GetRequiredService<CurrentCommunity>().Use(community);
        return new(app, directory, new Actor(coordinator.Id, account.Id, Via.Session));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Past EF Core, which would take minutes for what is only the stage of a measurement.</summary>
    private static async Task FillAsync(HubDbContext db, PhoneProtector phones, Team[] teams, int people)
    {
        await db.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        using (var pragma = connection.CreateCommand())
        {
            pragma.CommandText = "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;";
            pragma.ExecuteNonQuery();
        }

        var type = db.Model.FindEntityType(typeof(Volunteer))!;
        var phoneType = type.FindNavigation(nameof(Volunteer.Phone))!.TargetEntityType;
        var own = type.GetProperties().Where(p => p.Name != VolunteerConfiguration.NameKey).ToList();
        var phone = phoneType.GetProperties().Where(p => !p.IsPrimaryKey()).ToList();
        await using var transaction = connection.BeginTransaction();
        using var volunteers = Insert(connection, "Volunteers", [.. own.Select(p => p.GetColumnName()), .. phone.Select(p => p.GetColumnName()), VolunteerConfiguration.NameKey]);
        using var memberships = Insert(connection, "Memberships", "Id", "VolunteerId", "TeamId", "Role", "Since", "Version");
        using var tags = Insert(connection, "VolunteerTags", "VolunteerId", "Name");
        using var qualifications = Insert(connection, "Qualifications", "Id", "VolunteerId", "Kind", "From");
        using var terms = Insert(connection, "SearchTerms", "Term", "VolunteerId");
        var random = new Random(2026);
        for (var i = 1; i <= people; i++)
        {
            var who = Somebody(random, phones, i);
            Run(volunteers, [
                .. own.Select(p => Stored(p, who)),
                .. phone.Select(p => who.Phone is null ? null : Stored(p, who.Phone)),
                PersonNames.SortKeyOf(who.Name)]);
            foreach (var team in TeamsOf(random, teams)) Run(memberships, Guid.CreateVersion7(), who.Id.Value, team.Id.Value, nameof(TeamRole.Member), "2024-01-01", 1);
            foreach (var tag in who.Tags) Run(tags, who.Id.Value, tag.Name);
            foreach (var q in who.Qualifications) Run(qualifications, q.Id.Value, who.Id.Value, q.Kind, "2024-01-01");
            foreach (var term in PeopleIndexInterceptor.TermsOf(who)) Run(terms, term, who.Id.Value);
        }

        await transaction.CommitAsync();
    }

    private static Volunteer Somebody(Random random, PhoneProtector phones, int order)
    {
        var name = Surnames[(int)(Math.Pow(random.NextDouble(), 2.2) * Surnames.Length)].ToString() + Given[random.Next(Given.Length)];
        if (random.Next(5) > 0) name += Given[random.Next(Given.Length)];
        var phone = random.Next(100) < 6 ? null : phones.Protect("+86138" + (order * 37L % 100_000_000).ToString("00000000", CultureInfo.InvariantCulture));
        var who = new Volunteer(
            (2016 + order % 10).ToString(CultureInfo.InvariantCulture) + "-" + (order / 10 + 1).ToString("0000", CultureInfo.InvariantCulture),
            name, random.Next(100) == 0 ? VolunteerKind.Guest : VolunteerKind.Member, phone,
            // A third came by one import, on one day.
            random.Next(3) == 0 ? new DateOnly(2023, 5, 4) : new DateOnly(2016, 1, 1).AddDays(random.Next(3650)));
        who.Rename(name, PersonNames.InitialsOf(name));
        who.Describe(new Profile(
            random.Next(2) == 0 ? Sex.Female : Sex.Male, (PoliticalStatus)random.Next(5), "01",
            Languages: Chosen(random, ("mn", 0.04), ("en", 0.12), ("ug", 0.0003)),
            InterestLines: [.. Enum.GetValues<ServiceLine>().Where(_ => random.Next(4) == 0)],
            InterestHelps: (HelpTargets)random.Next(8)));
        foreach (var tag in Chosen(random, ("党员", 0.25), ("银铃", 0.08), ("夜间", 0.02), ("双报到", 0.005), ("无人机", 0.0002))) who.Tag(tag);
        foreach (var kind in Chosen(random, ("急救员", 0.1), ("护士", 0.01), ("执业医师", 0.003), ("潜水员", 0.0001))) who.Qualify(kind, new DateOnly(2024, 1, 1), null);
        if (random.Next(100) < 5) who.Pause();
        else if (random.Next(100) < 8) who.Leave(new DateOnly(2026, 1, 1));
        return who;
    }

    /// <summary>Each of the eight is half as large as the one before; a fifth is in two.</summary>
    private static IEnumerable<Team> TeamsOf(Random random, Team[] teams)
    {
        var first = Math.Min(teams.Length - 1, (int)-Math.Log2(1 - random.NextDouble()));
        yield return teams[first];
        if (random.Next(5) == 0) yield return teams[(first + 1) % teams.Length];
    }

    private static List<string> Chosen(Random random, params (string What, double Share)[] of) => [.. of.Where(o => random.NextDouble() < o.Share).Select(o => o.What)];

    private static object? Stored(Microsoft.EntityFrameworkCore.Metadata.IProperty property, object of)
    {
        var value = property.Name == "Version" ? 1L : property.GetGetter().GetClrValue(of);
        var mapping = property.GetTypeMapping();
        return value is not null && mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }

    private static SqliteCommand Insert(SqliteConnection connection, string table, params string[] columns)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table} ({string.Join(',', columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(',', columns.Select((_, i) => "$" + i))})";
        for (var i = 0; i < columns.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
        return command;
    }

    private static void Run(SqliteCommand insert, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            insert.Parameters[i].Value = values[i] switch { null => DBNull.Value, Guid id => id.ToString().ToUpperInvariant(), DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), var other => other };
        insert.ExecuteNonQuery();
    }
}
