using System.Text;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Feeds;

/// <summary>How often one address may ask for feeds. Setting <c>VolunteerHub:FeedReadsPerMinute</c>.</summary>
public sealed class FeedReads(IConfiguration configuration) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = configuration.GetValue("VolunteerHub:FeedReadsPerMinute", 120),
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        }));

    /// <summary>Counts a reading; false where there were too many.</summary>
    public bool Count(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(http.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}

/// <summary>The feeds, and the plain pages by which people get theirs.</summary>
public static class FeedPages
{
    public static void AddHubFeeds(this IServiceCollection services)
    {
        services.AddSingleton<FeedReads>();
        services.AddSingleton<FeedFile>();
    }

    public static void MapFeedPages(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/feeds/{token}.ics", [HttpMethods.Get, HttpMethods.Head], (Delegate)ReadAsync).AllowAnonymous();
        var mine = routes.MapGroup("").RequireAuthorization();
        foreach (var path in new[] { "/me/feed", "/teams/{code}/feed", "/community/feed" })
        {
            mine.MapPage(path, http => ShowAsync(http));
            mine.MapForm(path, ChangeAsync, (http, _) => ShowAsync(http, refusal: new CheckIn.FormStale()));
        }
    }

    private static async Task<IResult> ReadAsync(HttpContext http)
    {
        var services = http.RequestServices;
        if (!services.GetRequiredService<FeedReads>().Count(http)) return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        var content = await services.GetRequiredService<FeedContents>().LoadAsync((string)http.GetRouteValue("token")!, http.RequestAborted);
        if (content.Refused) return Results.NotFound();
        // The stamp inside is the time of reading, so the same file need not be the same bytes.
        var tag = $"W/\"{content.Value.Tag}\"";
        http.Response.Headers.CacheControl = "private, max-age=300";
        http.Response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch.SelectMany(v => (v ?? "").Split(',')).Any(v => v.Trim() == tag)) return Results.StatusCode(StatusCodes.Status304NotModified);
        return Results.Text(services.GetRequiredService<FeedFile>().Write(content.Value, Asked(http)), "text/calendar", Encoding.UTF8);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string? made = null, bool ended = false, Refusal? refusal = null)
    {
        var target = Target(http);
        var view = await http.RequestServices.GetRequiredService<FeedData>().LoadAsync(ActorClaims.ActorOf(http.User)!, target, http.RequestAborted);
        if (view.Refused)
        {
            var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
            return PlainPages.Page<PlainNotice>(
                new { Title = texts["Invitation.Refused"].Value, Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(view.Refusal), Back = "/me" },
                view.Refusal is NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
        }

        var address = made is null ? null : http.RequestServices.GetRequiredService<PublicAddress>().Of(made, Asked(http));
        return PlainPages.Page<FeedPage>(new { View = view.Value, Action = http.Request.Path.Value!, Address = address, Ended = ended, Refusal = refusal, BackTo = BackOf(target) });
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, PostedForm form)
    {
        var (actor, target) = (ActorClaims.ActorOf(http.User)!, Target(http));
        if (form["action"] == "revoke")
        {
            var ended = await http.RequestServices.GetRequiredService<RevokeFeed>().RunAsync(actor, target, http.RequestAborted);
            return await ShowAsync(http, ended: !ended.Refused, refusal: ended.Refused && ended.Refusal is not NotAllowed ? ended.Refusal : null);
        }

        var made = await http.RequestServices.GetRequiredService<MakeFeed>().RunAsync(actor, target, http.RequestAborted);
        return made.Refused ? await ShowAsync(http) : await ShowAsync(http, made: made.Value);
    }

    private static FeedTarget Target(HttpContext http) =>
        http.GetRouteValue("code") is string code ? new FeedTarget(FeedScope.Team, code) : http.Request.Path.StartsWithSegments("/community") ? FeedTarget.Community : FeedTarget.Own;

    private static string BackOf(FeedTarget target) => target.Scope switch
    {
        FeedScope.Team => $"/teams/{target.Team}",
        FeedScope.Community => "/settings",
        _ => "/me",
    };

    private static string Asked(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";
}
