using VolunteerHub.Web.Components;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Account;
using VolunteerHub.Web.Features.Administration.SetUp;
using VolunteerHub.Web.Features.Audit;
using VolunteerHub.Web.Features.Certificates;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.CheckIn.Paper;
using VolunteerHub.Web.Features.CheckIn.Contract;
using VolunteerHub.Web.Features.Feeds;
using VolunteerHub.Web.Features.Hours;
using VolunteerHub.Web.Features.Hours.Honours;
using VolunteerHub.Web.Features.Joining;
using VolunteerHub.Web.Features.Kiosks;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Features.PublicNotice;
using VolunteerHub.Web.Features.OwnRecord;
using VolunteerHub.Web.Features.Planner.Reports;
using VolunteerHub.Web.Features.Reports;
using VolunteerHub.Web.Features.Reports.Leading;
using VolunteerHub.Web.Features.Requests;
using VolunteerHub.Web.Features.Rosters.GroupLists;
using VolunteerHub.Web.Features.Rosters.Sheets;
using VolunteerHub.Web.Features.SignUps;
using VolunteerHub.Web.Features.Sites;
using VolunteerHub.Web.Features.Volunteers.Import;
using VolunteerHub.Web.Features.Volunteers.Privacy;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web;

/// <summary>What the app is made of, one call an area; the program and the tests start the same.</summary>
public static class Composition
{
    public static void AddHub(this WebApplicationBuilder builder)
    {
        builder.AddHubData();
        builder.AddHubIdentity();
        builder.AddHubSecurity();
        builder.Services.AddHubTexts();
        builder.Services.AddJobs();
        builder.Services.AddHubJoining();
        builder.Services.AddHubRequests();
        builder.Services.AddHubCertificates();
        builder.Services.AddHubFeeds();
        builder.Services.AddHubGroupLists();
        builder.Services.AddHubHours();
        builder.Services.AddHubNotices();
        builder.Services.AddHubContract();
        builder.Services.AddHubScreens();
    }

    public static void UseHub(this WebApplication app)
    {
        // Outermost, so that the page for what went wrong carries the headers of every page.
        if (!app.Environment.IsDevelopment()) app.UseExceptionHandler("/status/500");
        app.UseHubSecurity();
        app.UseRouting();
        app.UseRequestLocalization();
        app.UseStatusCodePagesWithReExecute("/status/{0}");
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets().ShortCircuit();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        app.MapAccountPages();
        app.MapSecurityPages();
        app.MapSetUpPages();
        app.MapMyPages();
        app.MapMyNotices();
        app.MapOpenPages();
        app.MapJoinPages();
        app.MapAskPages();
        app.MapOwnPages();
        app.MapCheckInPages();
        app.MapSheetPages();
        app.MapKioskPages();
        app.MapCheckInApi();
        app.MapKioskApi();
        app.MapHubContract();
        app.MapAuditPages();
        app.MapCertificatePages();
        app.MapFeedPages();
        app.MapNoticePage();
        app.MapHourPages();
        app.MapHonourPages();
        app.MapVisitPages();
        app.MapVolunteerFiles();
        app.MapRosterSheets();
        app.MapReportPages();
        app.MapLeadingFiles();
        app.MapDataPages();
        app.MapRunPhotos();
        app.MapStatusPages();
        app.MapHealthChecks("/health").AllowAnonymous();
    }
}
